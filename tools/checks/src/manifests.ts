import { parseAllDocuments } from 'yaml'
import { filesIn, read } from './repository.ts'

/** One object of Kubernetes, as it stands in the file. */
export interface Manifest {
  readonly path: string
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly content: Readonly<Record<string, unknown>>
}

/** Throws for what is not YAML, and for a document without apiVersion, kind or name. */
export function parseManifests(path: string, text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message}`)
    const content = document.toJS() as Record<string, unknown>
    const { apiVersion, kind, metadata } = content
    const name = (metadata as { name?: unknown } | undefined)?.name
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
      throw new Error(`${path}: a document without apiVersion, kind or metadata.name`)
    }
    return { path, apiVersion, kind, name, content }
  })
}

/** Every manifest of the repository; the kustomization is none. */
export function readManifests(): Manifest[] {
  return filesIn('k8s', '.yaml')
    .filter((path) => !path.endsWith('/kustomization.yaml'))
    .flatMap((path) => parseManifests(path, read(path)))
}
