import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Kind, Project, SourceFile } from './architecture.ts'
import { filesIn, ROOT, read } from './repository.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly nx?: { readonly tags?: readonly string[] }
}

interface ProjectGraph {
  readonly nodes: Readonly<Record<string, unknown>>
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>
}

const WITHOUT_SERVICES = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' }

/** Every workspace of the repository. Throws when one has no kind. */
export function readProjects(): Project[] {
  return ['apps', 'libs', 'tools']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`))
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(read(`${folder}/package.json`)) as Manifest
      return {
        folder,
        name: manifest.name,
        kind: kindOf(manifest),
        dependencies: Object.keys(manifest.dependencies ?? {}),
        devDependencies: Object.keys(manifest.devDependencies ?? {}),
      }
    })
}

function kindOf({ name, nx }: Manifest): Kind {
  const tag = nx?.tags?.find((candidate) => candidate.startsWith('type:'))
  if (!tag) throw new Error(`${name} needs a tag "type:..." in its package.json`)
  return tag.slice('type:'.length) as Kind
}

export function sourceFiles({ folder }: Project): SourceFile[] {
  return filesIn(`${folder}/src`, '.ts').map((path) => ({ path, imports: importsOf(read(path)) }))
}

/** What a text imports and re-exports, statically, dynamically or by `require`. */
export function importsOf(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true)
  return importedFiles.map(({ fileName }) => fileName)
}

/** Names of the projects that Nx says each project depends on. */
export function nxDependencies(): Readonly<Record<string, readonly string[]>> {
  const nx = join(ROOT, 'node_modules/nx/dist/bin/nx.js')
  const json = execFileSync(process.execPath, [nx, 'graph', '--print'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...WITHOUT_SERVICES },
    timeout: 60_000,
  })
  const { nodes, dependencies } = (JSON.parse(json) as { graph: ProjectGraph }).graph
  return Object.fromEntries(
    Object.keys(nodes).map((name) => [
      name,
      (dependencies[name] ?? []).map(({ target }) => target).filter((target) => target in nodes),
    ]),
  )
}
