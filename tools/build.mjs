// The `build` script of an app: one file per entry point of `dure.entries` in its package.json.
// Code of this repository is inlined. Packages of npm stay outside: tracing patches them by name,
// and some read files beside their own.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

const { dure } = JSON.parse(readFileSync('package.json', 'utf8'))

const npmPackagesOutside = {
  name: 'npm-packages-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
      kind === 'entry-point' || path.startsWith('@dure/') ? undefined : { path, external: true },
    ),
}

const { metafile } = await build({
  entryPoints: dure.entries.map((entry) => ({
    in: entry.startsWith('@') ? entry : `./${entry}`,
    out: basename(entry, '.ts'),
  })),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
  plugins: [npmPackagesOutside],
})
for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
  if (file.endsWith('.js')) console.log(`${file} ${Math.ceil(bytes / 1024)} kB`)
}
