/** Micro-US-dollars (1 USD = 1,000,000) for a million tokens, from a day on (UTC). */
export interface Price {
  readonly from: string
  readonly inputMicroUsd: number
  readonly outputMicroUsd: number
  /** What came from the cache of the provider; absent: as if it had not. */
  readonly cachedInputMicroUsd?: number
  /** What was put into it; absent: as other input. */
  readonly cacheWriteMicroUsd?: number
}

/** The model of `tools/scripted-model`: it is no model, and says so. */
export const DEMO_MODEL = 'demo'

/**
 * List prices, standard tier, without the discounts for batches and the surcharges for prompts of more
 * than 200,000 tokens. Newest price last. To add a model: its line, with the source and the day. What
 * an installation pays instead is said in MODEL_PROVIDERS.
 *
 * `from` is the day on which the model was released, or its price changed.
 * OpenAI: https://developers.openai.com/api/docs/pricing, as listed in March 2026.
 * Anthropic: https://platform.claude.com/docs/en/about-claude/pricing; writing to the cache for five minutes.
 * Google: https://ai.google.dev/gemini-api/docs/pricing; text, paid tier.
 */
export const PRICES: Readonly<Record<string, readonly Price[]>> = {
  // A pretend price, so that cost accounting has something to show. Nobody charges it.
  [DEMO_MODEL]: [{ from: '2025-01-01', inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 }],

  'gpt-4o': [
    {
      from: '2024-05-13',
      inputMicroUsd: 5_000_000,
      outputMicroUsd: 15_000_000,
      cachedInputMicroUsd: 2_500_000,
    },
    {
      from: '2024-10-02',
      inputMicroUsd: 2_500_000,
      outputMicroUsd: 10_000_000,
      cachedInputMicroUsd: 1_250_000,
    },
  ],
  'gpt-4o-mini': [
    {
      from: '2024-07-18',
      inputMicroUsd: 150_000,
      outputMicroUsd: 600_000,
      cachedInputMicroUsd: 75_000,
    },
  ],
  'gpt-4.1': [
    {
      from: '2025-04-14',
      inputMicroUsd: 2_000_000,
      outputMicroUsd: 8_000_000,
      cachedInputMicroUsd: 500_000,
    },
  ],
  'gpt-4.1-mini': [
    {
      from: '2025-04-14',
      inputMicroUsd: 400_000,
      outputMicroUsd: 1_600_000,
      cachedInputMicroUsd: 100_000,
    },
  ],
  'gpt-4.1-nano': [
    {
      from: '2025-04-14',
      inputMicroUsd: 100_000,
      outputMicroUsd: 400_000,
      cachedInputMicroUsd: 25_000,
    },
  ],
  o3: [
    {
      from: '2025-04-16',
      inputMicroUsd: 10_000_000,
      outputMicroUsd: 40_000_000,
      cachedInputMicroUsd: 2_500_000,
    },
    {
      from: '2025-06-10',
      inputMicroUsd: 2_000_000,
      outputMicroUsd: 8_000_000,
      cachedInputMicroUsd: 500_000,
    },
  ],
  'o4-mini': [
    {
      from: '2025-04-16',
      inputMicroUsd: 1_100_000,
      outputMicroUsd: 4_400_000,
      cachedInputMicroUsd: 275_000,
    },
  ],
  'gpt-5': [
    {
      from: '2025-08-07',
      inputMicroUsd: 1_250_000,
      outputMicroUsd: 10_000_000,
      cachedInputMicroUsd: 125_000,
    },
  ],
  'gpt-5-mini': [
    {
      from: '2025-08-07',
      inputMicroUsd: 250_000,
      outputMicroUsd: 2_000_000,
      cachedInputMicroUsd: 25_000,
    },
  ],
  'gpt-5-nano': [
    {
      from: '2025-08-07',
      inputMicroUsd: 50_000,
      outputMicroUsd: 400_000,
      cachedInputMicroUsd: 5_000,
    },
  ],
  'gpt-5.1': [
    {
      from: '2025-11-13',
      inputMicroUsd: 1_250_000,
      outputMicroUsd: 10_000_000,
      cachedInputMicroUsd: 125_000,
    },
  ],

  'claude-3-5-haiku': [claude('2024-11-04', 800_000, 4_000_000)],
  'claude-sonnet-4': [claude('2025-05-22', 3_000_000, 15_000_000)],
  'claude-opus-4': [claude('2025-05-22', 15_000_000, 75_000_000)],
  'claude-opus-4-1': [claude('2025-08-05', 15_000_000, 75_000_000)],
  'claude-sonnet-4-5': [claude('2025-09-29', 3_000_000, 15_000_000)],
  'claude-haiku-4-5': [claude('2025-10-15', 1_000_000, 5_000_000)],
  'claude-opus-4-5': [claude('2025-11-24', 5_000_000, 25_000_000)],

  'gemini-2.0-flash': [gemini('2025-02-05', 100_000, 400_000)],
  'gemini-2.5-pro': [gemini('2025-06-17', 1_250_000, 10_000_000)],
  'gemini-2.5-flash': [gemini('2025-06-17', 300_000, 2_500_000)],
  'gemini-2.5-flash-lite': [gemini('2025-07-22', 100_000, 400_000)],

  'text-embedding-3-small': [{ from: '2024-01-25', inputMicroUsd: 20_000, outputMicroUsd: 0 }],
  'text-embedding-3-large': [{ from: '2024-01-25', inputMicroUsd: 130_000, outputMicroUsd: 0 }],
}

/** Reads from the cache cost a tenth, writes a quarter more. */
function claude(from: string, inputMicroUsd: number, outputMicroUsd: number): Price {
  const cachedInputMicroUsd = inputMicroUsd / 10
  const cacheWriteMicroUsd = inputMicroUsd + inputMicroUsd / 4
  return { from, inputMicroUsd, outputMicroUsd, cachedInputMicroUsd, cacheWriteMicroUsd }
}

/** Reads from the cache cost a quarter: some models take less by now. */
function gemini(from: string, inputMicroUsd: number, outputMicroUsd: number): Price {
  return { from, inputMicroUsd, outputMicroUsd, cachedInputMicroUsd: inputMicroUsd / 4 }
}
