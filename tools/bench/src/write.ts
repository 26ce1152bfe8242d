import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** With its folder, where that is missing; and says where. */
export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(`Written: ${path}`)
}

export function writeJson(path: string, value: object): void {
  writeText(path, `${JSON.stringify(value, null, 2)}\n`)
}
