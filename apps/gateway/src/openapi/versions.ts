import { withoutUnused } from './document.ts'
import { withoutDeadLinks } from './exposed.ts'
import { type JsonObject, mapValues, objectOr } from './json.ts'
import { tagsOf } from './tags.ts'

/** The versions that have a document of their own. */
export const VERSIONS = ['v1', 'v2'] as const
export type Version = (typeof VERSIONS)[number]

/**
 * Of a document, what belongs to one version: the paths below `/v1` or `/v2`, what they use, and all
 * webhooks. What has no version, such as `/hooks`, stands in the whole document only.
 */
export function onlyVersion(document: JsonObject, version: Version): JsonObject {
  const paths = mapValues(objectOr(document.paths), (item, path) =>
    path.startsWith(`/${version}/`) ? item : undefined,
  )
  const part = withoutUnused(withoutDeadLinks({ ...document, paths }))
  return {
    ...part,
    info: { ...objectOr(document.info), version: `${version.slice(1)}.0.0` },
    tags: tagsOf([part]),
  }
}
