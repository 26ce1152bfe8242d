import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** With its folder, where that is missing. */
export function writeQuietly(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** As `writeQuietly`; and says where. */
export function writeText(path: string, text: string): void {
  writeQuietly(path, text)
  console.log(`Written: ${path}`)
}

export function jsonOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

export function writeJson(path: string, value: object): void {
  writeText(path, jsonOf(value))
}
