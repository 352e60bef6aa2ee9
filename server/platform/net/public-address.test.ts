import { expect, it } from "vitest";
import { isPublicAddress } from "./public-address";

const PRIVATE = [
  "127.0.0.1",
  "127.255.255.254",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "168.63.129.16",
  "100.100.100.200",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "198.18.0.1",
  "192.0.2.1",
  "::1",
  "::",
  "fe80::1",
  "fe80::1%eth0",
  "fd00:ec2::254",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "::7f00:1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:db8::1",
];
const PUBLIC = [
  "8.8.8.8",
  "104.18.6.192",
  "172.15.255.255",
  "172.32.0.1",
  "2606:4700::6812:6c0",
  "2a00:1450::1",
];

it.each(PRIVATE)("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));
it.each(PUBLIC)("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
it.each(["", "localhost", "999.1.1.1", "8.8.8.8.8"])("%j is no address and so not public", (text) =>
  expect(isPublicAddress(text)).toBe(false),
);
