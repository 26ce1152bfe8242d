import { DIGITS_MARK, LETTERS_MARK, markInfo } from './char-info.ts'
import {
  type Connections,
  findToken,
  type Lexicon,
  parseCharacters,
  parseConnections,
  parseLexicon,
  parseSpacePenalties,
  parseTags,
  TOKEN_SIZE,
} from './mecab-format.ts'
import { type DictionaryFiles, readDictionaryFiles } from './store.ts'

/** A word the dictionary does not know, as its characters' category lets us guess it. */
export interface UnknownWord {
  readonly leftId: number
  readonly rightId: number
  readonly tagId: number
  readonly cost: number
}

/** `mecab-ko-dic` in memory: about 100 MB, read-only, to be shared by all analyzers of a process. */
export interface Dictionary {
  readonly lexicon: Lexicon
  readonly connections: Connections
  /** `CharInfo` by UTF-16 unit. */
  readonly characters: Uint32Array
  /** By category of the first character. */
  readonly unknownWords: readonly UnknownWord[]
  /**
   * By tag id: the tag, or one of them where endings (or particles) share an id. Words that are
   * several morphemes have none, their feature tells the parts.
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
    .then(parseDictionary)
    .catch((error: unknown) => {
      loading = undefined
      throw error
    })
  return loading
}

function parseDictionary(files: DictionaryFiles): Dictionary {
  const { categories, infos } = parseCharacters(files.characters)
  const unknown = parseLexicon(files.unknownWords)
  for (const [mark, like] of [
    [LETTERS_MARK, 'a'],
    [DIGITS_MARK, '0'],
  ] as const) {
    infos[mark.charCodeAt(0)] = markInfo(infos[like.charCodeAt(0)] ?? 0)
  }
  return {
    lexicon: parseLexicon(files.words),
    connections: parseConnections(files.connections),
    characters: infos,
    unknownWords: categories.map((category) => unknownWord(unknown, category)),
    tags: parseTags(files.tags),
    spacePenalties: parseSpacePenalties(files.settings),
  }
}

function unknownWord(lexicon: Lexicon, category: string): UnknownWord {
  const token = findToken(lexicon, category)
  if (token < 0) throw new Error(`The dictionary does not say what ${category} words are`)
  const [leftId = 0, rightId = 0, tagId = 0, cost = 0] = lexicon.tokens.subarray(token * TOKEN_SIZE)
  return { leftId, rightId, tagId, cost: (cost << 16) >> 16 }
}
