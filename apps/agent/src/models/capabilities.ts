/** What a model can do, as far as it makes a difference to how it is asked. */
export interface Capabilities {
  readonly tools: boolean
  /** Calls several tools in one answer. */
  readonly parallelTools: boolean
  /** Its provider holds it to a JSON Schema; else it is asked to keep to it, and its answer checked. */
  readonly jsonSchema: boolean
  readonly vision: boolean
  readonly reasoning: boolean
  /** `automatic`: its provider keeps the beginnings of prompts by itself; `explicit`: it has to be asked to. */
  readonly promptCaching: 'none' | 'automatic' | 'explicit'
  /** Prompt and answer together. Null: unknown. */
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
}

/** What nobody knows is tried as it is asked for: the provider says no by itself. */
export const UNKNOWN: Capabilities = {
  tools: true,
  parallelTools: true,
  jsonSchema: false,
  vision: false,
  reasoning: false,
  promptCaching: 'none',
  contextTokens: null,
  maxOutputTokens: null,
}

const OPENAI: Capabilities = {
  ...UNKNOWN,
  ...{ jsonSchema: true, vision: true, promptCaching: 'automatic' },
}
const GPT_4O = { ...OPENAI, contextTokens: 128_000, maxOutputTokens: 16_384 }
const GPT_4_1 = { ...OPENAI, contextTokens: 1_047_576, maxOutputTokens: 32_768 }
const O_SERIES = { ...OPENAI, reasoning: true, contextTokens: 200_000, maxOutputTokens: 100_000 }
const GPT_5 = { ...OPENAI, reasoning: true, contextTokens: 400_000, maxOutputTokens: 128_000 }

const CLAUDE: Capabilities = {
  ...UNKNOWN,
  ...{ jsonSchema: true, vision: true, reasoning: true, promptCaching: 'explicit' },
  ...{ contextTokens: 200_000, maxOutputTokens: 64_000 },
}
const CLAUDE_OPUS_4 = { ...CLAUDE, maxOutputTokens: 32_000 }
const CLAUDE_3_5_HAIKU = { ...CLAUDE, reasoning: false, maxOutputTokens: 8192 }

const GEMINI: Capabilities = {
  ...UNKNOWN,
  ...{ jsonSchema: true, vision: true, reasoning: true, promptCaching: 'automatic' },
  ...{ contextTokens: 1_048_576, maxOutputTokens: 65_536 },
}
const GEMINI_2_0 = { ...GEMINI, reasoning: false, maxOutputTokens: 8192 }

/**
 * By the names of the models themselves, as their providers describe them. What an installation knows
 * better it says in MODEL_PROVIDERS.
 */
export const CAPABILITIES: Readonly<Record<string, Capabilities>> = {
  // The model of `tools/scripted-model`, which does as its script says.
  demo: { ...UNKNOWN, contextTokens: 128_000, maxOutputTokens: 4096 },

  'gpt-4o': GPT_4O,
  'gpt-4o-mini': GPT_4O,
  'gpt-4.1': GPT_4_1,
  'gpt-4.1-mini': GPT_4_1,
  'gpt-4.1-nano': GPT_4_1,
  o3: O_SERIES,
  'o4-mini': O_SERIES,
  'gpt-5': GPT_5,
  'gpt-5-mini': GPT_5,
  'gpt-5-nano': GPT_5,
  'gpt-5.1': GPT_5,

  'claude-opus-4-5': CLAUDE,
  'claude-sonnet-4-5': CLAUDE,
  'claude-haiku-4-5': CLAUDE,
  'claude-opus-4-1': CLAUDE_OPUS_4,
  'claude-opus-4': CLAUDE_OPUS_4,
  'claude-sonnet-4': CLAUDE,
  'claude-3-5-haiku': CLAUDE_3_5_HAIKU,

  'gemini-2.5-pro': GEMINI,
  'gemini-2.5-flash': GEMINI,
  'gemini-2.5-flash-lite': GEMINI,
  'gemini-2.0-flash': GEMINI_2_0,
}
