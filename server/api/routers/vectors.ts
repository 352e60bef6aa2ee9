import { z } from "zod";
import {
  embeddingRun,
  embeddingRunList,
  embeddingRunRef,
  listEmbeddingRunsInput,
  listVectorSpacesInput,
  putVectorsInput,
  putVectorsOutput,
  similarInput,
  similarOutput,
  startEmbeddingsInput,
  vectorSpaceList,
  vectorSpaceRef,
} from "@/contracts/vectors";
import {
  cancelEmbeddings,
  deleteVectorSpace,
  listEmbeddingRuns,
  listVectorSpaces,
  putVectors,
  startEmbeddings,
} from "@/server/modules/records";
import { similarRecords } from "@/server/modules/search";
import { projectProcedure, router } from "../trpc";

const tags = ["Vectors"];

export const vectorsRouter = router({
  similar: projectProcedure("records:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/records/similar",
        tags,
        summary: "The records nearest to one or several, by vectors where they have them, else by wording",
      },
    })
    .input(similarInput)
    .output(similarOutput)
    .query(({ ctx, input }) => similarRecords(ctx.db, ctx.member, input)),

  put: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "PUT",
        path: "/projects/{project}/records/vectors",
        tags,
        summary: "Give records vectors under a name",
      },
    })
    .input(putVectorsInput)
    .output(putVectorsOutput)
    .mutation(({ ctx, input }) => putVectors(ctx.db, ctx.member, input)),

  list: projectProcedure("project:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/vectors",
        tags,
        summary: "The names under which records have vectors",
      },
    })
    .input(listVectorSpacesInput)
    .output(vectorSpaceList)
    .query(({ ctx }) => listVectorSpaces(ctx.db, ctx.member)),

  delete: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/vectors/{name}",
        tags,
        summary: "Take all vectors of a name away",
      },
      status: 204,
    })
    .input(vectorSpaceRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteVectorSpace(ctx.db, ctx.member, input)),

  startEmbeddings: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/embeddings",
        tags,
        summary: "Have an OpenAI-compatible endpoint compute vectors of records that have none",
      },
      status: 202,
    })
    .input(startEmbeddingsInput)
    .output(embeddingRun)
    .mutation(({ ctx, input }) => startEmbeddings(ctx.db, ctx.member, input)),

  embeddingRuns: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/embeddings",
        tags,
        summary: "Runs of an embedding model, newest first",
      },
    })
    .input(listEmbeddingRunsInput)
    .output(embeddingRunList)
    .query(({ ctx, input }) => listEmbeddingRuns(ctx.db, ctx.member, input)),

  cancelEmbeddings: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/embeddings/{id}/cancel",
        tags,
        summary: "End a run; the vectors it has written stay",
      },
    })
    .input(embeddingRunRef)
    .output(embeddingRun)
    .mutation(({ ctx, input }) => cancelEmbeddings(ctx.db, ctx.member, input)),
});
