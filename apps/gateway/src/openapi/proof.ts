import { operationsIn } from './document.ts'
import { differenceBetween } from './equality.ts'
import type { Source } from './exposed.ts'
import { type JsonObject, objectOr } from './json.ts'
import { faultOf } from './merge.ts'

/**
 * What a merged document says otherwise than its parts; undefined when every operation and every
 * webhook of every part means in it what it meant alone, none was added, and no two have one id.
 */
export function faultInMerge(parts: readonly Source[], merged: JsonObject): string | undefined {
  const fault = faultOf(merged)
  if (fault) return `The merged description ${fault}`
  return (
    parts
      .map((part) => faultInPaths(part, merged) ?? faultInWebhooks(part, merged))
      .find(Boolean) ??
    faultInNumbers(parts, merged) ??
    twiceIn(merged)
  )
}

function faultInPaths({ service, document }: Source, merged: JsonObject): string | undefined {
  for (const [path, item] of Object.entries(objectOr(document.paths))) {
    const after = objectOr(merged.paths)[path]
    if (after === undefined) return `${service} has lost ${path}`
    const difference = differenceBetween(
      { document, value: item },
      { document: merged, value: after },
    )
    if (difference) return `${path} of ${service} says something else at ${difference}`
  }
  return undefined
}

/** Some webhook has to say the same: which name it got is for the merge to choose. */
function faultInWebhooks({ service, document }: Source, merged: JsonObject): string | undefined {
  const all = Object.entries(objectOr(merged.webhooks))
  const lost = Object.entries(objectOr(document.webhooks)).find(
    ([name, before]) =>
      !all.some(
        ([other, after]) =>
          other.includes(name) &&
          !differenceBetween({ document, value: before }, { document: merged, value: after }),
      ),
  )
  return lost && `${service} has lost the webhook ${lost[0]}`
}

function faultInNumbers(parts: readonly Source[], merged: JsonObject): string | undefined {
  const before = parts.reduce((sum, { document }) => sum + operationsIn(document).length, 0)
  const after = operationsIn(merged).length
  return before === after ? undefined : `${before} operations have become ${after}`
}

function twiceIn(merged: JsonObject): string | undefined {
  const ids = operationsIn(merged).flatMap(({ operation }) => operation.operationId ?? [])
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  return twice === undefined ? undefined : `Two operations are called ${String(twice)}`
}
