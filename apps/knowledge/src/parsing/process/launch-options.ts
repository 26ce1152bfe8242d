/** The descriptor of a parser process for its answers: the others may be written to by libraries. */
export const ANSWERS_TO = 3
/** More than any file that is taken in. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024
