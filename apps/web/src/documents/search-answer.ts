import { z } from 'zod';

/** A piece of a document that a search found; the smaller the distance, the closer it comes. */
export interface FoundChunk {
  /** Name of the document; some have none. */
  document: string | undefined;
  content: string;
  distance: number | undefined;
}

const chunk = z
  .object({
    document: z.object({ name: z.string().nullish() }).nullish(),
    matched_content: z.string(),
    distance: z.number().nullish(),
  })
  .transform(
    ({ document, matched_content, distance }): FoundChunk => ({
      document: document?.name?.trim() || undefined,
      content: matched_content.trim(),
      distance: distance ?? undefined,
    }),
  );

/** An answer of the search. The provider's documents have two envelopes for it. */
export const searchAnswerSchema = z.union([
  z.object({ matched_chunks: z.array(chunk) }).transform((answer) => answer.matched_chunks),
  z.object({ data: z.array(chunk) }).transform((answer) => answer.data),
]);
