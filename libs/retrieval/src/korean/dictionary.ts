import { DIGITS_MARK, LETTERS_MARK, markInfo } from './char-info.ts'
import { type CompactConnections, compactConnections, compactTokens } from './compact.ts'
import { compactExpressions, type Expressions } from './expressions.ts'
import {
  type Lexicon,
  parseCharacters,
  parseConnections,
  parseSpacePenalties,
  parseTags,
} from './mecab-format.ts'
import { type DictionaryFiles, readDictionaryFiles, release } from './store.ts'
import { kindAt, type Tokens, type WordKind } from './tokens.ts'
import { compactTrie, findKey, firstSteps, NOWHERE, type Trie } from './trie.ts'

/**
 * `mecab-ko-dic` in memory: about 33 MB, read-only. All that is large lies in shared memory: what
 * `postMessage` gives to another thread is this dictionary and no copy of it.
 */
export interface Dictionary {
  readonly trie: Trie
  /** @see firstSteps */
  readonly firstSteps: Int32Array
  readonly tokens: Tokens
  readonly expressions: Expressions
  /** @see CompactConnections.costs */
  readonly connections: Int16Array
  readonly rightClasses: number
  /** By left class: its least cost of a connection. */
  readonly leastTo: Int16Array
  /** `CharInfo` by UTF-16 unit. */
  readonly characters: Uint32Array
  /** Words the dictionary does not know, as the category of their first character lets us guess them. */
  readonly unknownWords: readonly WordKind[]
  /**
   * By tag id: the tag, or one of them where endings (or particles) share an id. Words that are
   * several morphemes have none, their expression tells the parts.
   */
  readonly tags: ReadonlyMap<number, string>
  /** By tag id: what a space before the word costs. */
  readonly spacePenalties: Int32Array
}

let loading: Promise<Dictionary> | undefined

/**
 * Loads the dictionary once per process; everybody who asks gets the same one. After a failure the
 * next call tries again.
 */
export function loadDictionary(): Promise<Dictionary> {
  loading ??= readDictionaryFiles()
    .then((files) => {
      const dictionary = parseDictionary(files)
      release(files)
      return dictionary
    })
    .catch((error: unknown) => {
      loading = undefined
      throw error
    })
  return loading
}

function parseDictionary(files: DictionaryFiles): Dictionary {
  const { categories, infos } = parseCharacters(files.characters)
  for (const [mark, like] of [
    [LETTERS_MARK, 'a'],
    [DIGITS_MARK, '0'],
  ] as const) {
    infos[mark.charCodeAt(0)] = markInfo(infos[like.charCodeAt(0)] ?? 0)
  }
  const connections = compactConnections(parseConnections(files.connections), files.words)
  const tags = parseTags(files.tags)
  const trie = compactTrie(files.words.trie)
  return {
    trie,
    firstSteps: firstSteps(trie),
    tokens: compactTokens(files.words, connections),
    expressions: compactExpressions(files.words, (tagId) => tags.has(tagId)),
    connections: connections.costs,
    rightClasses: connections.rightClasses,
    leastTo: connections.leastTo,
    characters: infos,
    unknownWords: unknownWords(files.unknownWords, categories, connections),
    tags,
    spacePenalties: parseSpacePenalties(files.settings),
  }
}

function unknownWords(
  lexicon: Lexicon,
  categories: readonly string[],
  connections: CompactConnections,
): WordKind[] {
  const tokens = compactTokens(lexicon, connections)
  const trie = compactTrie(lexicon.trie)
  return categories.map((category) => {
    const first = findKey(trie, category)
    if (first === NOWHERE) throw new Error(`The dictionary does not say what ${category} words are`)
    return kindAt(tokens, first)
  })
}
