/** The part of it that is used here. TypeScript has it among the declarations of browsers only. */
declare namespace WebAssembly {
  class Memory {
    /** In pages of 64 KiB. */
    constructor(limits: { readonly initial: number; readonly maximum: number })
    readonly buffer: ArrayBuffer
    /** @returns how many there were before @throws RangeError */
    grow(pages: number): number
  }
}
