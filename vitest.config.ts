import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** One project for each workspace, named as its package. */
function projects() {
  return ['apps', 'libs', 'tools']
    .flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`))
    .filter((folder) => existsSync(`${folder}/package.json`))
    .map((folder) => ({
      extends: true as const,
      root: folder,
      test: { name: packageName(folder), include: ['src/**/*.test.ts'] },
    }))
}

function packageName(folder: string): string {
  const { name } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { name: string }
  return name
}

/** Every test of the repository in one run, on one PostgreSQL and one Valkey. */
export default defineConfig({
  cacheDir: 'node_modules/.vitest-cache',
  test: {
    projects: projects(),
    globalSetup: 'tools/dev/src/test-setup.ts',
    pool: 'forks',
    // No test leaves anything behind for the next: to load all modules anew for each file takes longer than the tests.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
