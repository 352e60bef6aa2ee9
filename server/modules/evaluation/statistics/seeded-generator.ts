/**
 * A generator of random numbers whose draws are the same for the same seed, so that figures that rest on resampling
 * are the same each time that they are asked for.
 *
 * Source: sfc32 of PractRand by C. Doty-Humphrey (public domain), its first 15 draws left out.
 *
 * @param seed any whole number; its lowest 32 bits count
 * @returns a function that draws from [0, 1), in steps of 2⁻³²
 */
export function seededGenerator(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const draw = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warming = 0; warming < 15; warming++) draw();
  return draw;
}
