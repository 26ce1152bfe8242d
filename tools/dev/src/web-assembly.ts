import { readFile } from 'node:fs/promises'

/** The part of the standard API that is used here; the compiler knows it only with the DOM. */
interface WebAssemblyApi {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: WasmInstance }>
  readonly Tag: new (type: { parameters: string[] }) => object
}

export interface WasmInstance {
  readonly exports: object
}

export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }

export async function instantiateFile(path: string, imports: object): Promise<WasmInstance> {
  const { instance } = await WebAssembly.instantiate(await readFile(path), imports)
  return instance
}
