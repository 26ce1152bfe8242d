import { operationsIn } from './document.ts'
import { inOrder, isJsonObject, type Json, type JsonObject } from './json.ts'

/** Tags that operations use, with the descriptions that were declared for them. */
export function tagsOf(documents: readonly JsonObject[]): Json[] {
  const declared = new Map<string, JsonObject>()
  const used = new Map<string, Json>()
  for (const document of documents) {
    for (const tag of listOf(document.tags)) {
      if (isJsonObject(tag)) declared.set(String(tag.name), tag)
    }
  }
  for (const document of documents) {
    for (const { operation } of operationsIn(document)) {
      for (const name of listOf(operation.tags).map(String)) {
        used.set(name, declared.get(name) ?? { name })
      }
    }
  }
  return Object.values(inOrder(used))
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}
