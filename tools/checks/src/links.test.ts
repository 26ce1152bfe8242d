import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { anchorsOf, brokenLinks, relativeLinks } from './markdown-links.ts'
import { filesIn, ROOT } from './repository.ts'

const FOLDERS = ['docs', 'examples', 'apps', 'libs', 'tools', 'k8s', 'docker']

test('every link between the documents leads to a file and a heading', () => {
  const root = readdirSync(ROOT).filter((name) => name.endsWith('.md'))
  const files = [...root, ...FOLDERS.flatMap((folder) => filesIn(folder, '.md'))]

  expect(files).toContain('docs/errors.md')
  expect(files.flatMap(brokenLinks)).toEqual([])
})

describe('links', () => {
  test('are found in text, with titles and as references', () => {
    const text = '[a](a.md) [c](c.md#d "title")\n\n[d]: ./d.md'

    expect(relativeLinks(text)).toEqual(['a.md', 'c.md#d', './d.md'])
  })

  test('to other places and in code are not ours to check', () => {
    const text = 'See [x](https://x.dev), [m](mailto:a@b.c), `[a](a.md)` and\n```\n[b](b.md)\n```\n'

    expect(relativeLinks(text)).toEqual([])
  })

  test('find the heading as GitHub names it', () => {
    const anchors = anchorsOf(
      '# Run it!\n## `npm start` & co\n## Twice\n## Twice\n## 한국어 검색\n',
    )

    expect([...anchors]).toEqual(['run-it', 'npm-start--co', 'twice', 'twice-1', '한국어-검색'])
  })
})
