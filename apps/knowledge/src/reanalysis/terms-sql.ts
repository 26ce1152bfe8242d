/** Neither are a passage's own terms by this analyzer, nor has it such beside them. */
export const lacksTerms = (version: string) => `
  chunk.analyzer_version <> ${version} AND NOT EXISTS (
    SELECT FROM chunk_terms AS other
     WHERE other.chunk_id = chunk.id AND other.analyzer_version = ${version})`
