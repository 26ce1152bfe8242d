/** Micro-US-dollars (1 USD = 1,000,000) for a million tokens, from a day on (UTC). */
export interface Price {
  readonly from: string
  readonly inputMicroUsd: number
  readonly outputMicroUsd: number
}

/** The model of `tools/scripted-model`: it is no model, and says so. */
export const DEMO_MODEL = 'demo'

/**
 * List prices, standard tier, without the discounts for cached input and batches: costs come out as
 * an upper bound. Newest price last. To add a model: its line, with the source and the day.
 *
 * OpenAI: https://developers.openai.com/api/docs/pricing, as listed in March 2026; `from` is the day
 * on which the model was released, or its price changed.
 */
export const PRICES: Readonly<Record<string, readonly Price[]>> = {
  // A pretend price, so that cost accounting has something to show. Nobody charges it.
  [DEMO_MODEL]: [{ from: '2025-01-01', inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 }],

  'gpt-4o': [
    { from: '2024-05-13', inputMicroUsd: 5_000_000, outputMicroUsd: 15_000_000 },
    { from: '2024-10-02', inputMicroUsd: 2_500_000, outputMicroUsd: 10_000_000 },
  ],
  'gpt-4o-mini': [{ from: '2024-07-18', inputMicroUsd: 150_000, outputMicroUsd: 600_000 }],
  'gpt-4.1': [{ from: '2025-04-14', inputMicroUsd: 2_000_000, outputMicroUsd: 8_000_000 }],
  'gpt-4.1-mini': [{ from: '2025-04-14', inputMicroUsd: 400_000, outputMicroUsd: 1_600_000 }],
  'gpt-4.1-nano': [{ from: '2025-04-14', inputMicroUsd: 100_000, outputMicroUsd: 400_000 }],
  o3: [
    { from: '2025-04-16', inputMicroUsd: 10_000_000, outputMicroUsd: 40_000_000 },
    { from: '2025-06-10', inputMicroUsd: 2_000_000, outputMicroUsd: 8_000_000 },
  ],
  'o4-mini': [{ from: '2025-04-16', inputMicroUsd: 1_100_000, outputMicroUsd: 4_400_000 }],
  'gpt-5': [{ from: '2025-08-07', inputMicroUsd: 1_250_000, outputMicroUsd: 10_000_000 }],
  'gpt-5-mini': [{ from: '2025-08-07', inputMicroUsd: 250_000, outputMicroUsd: 2_000_000 }],
  'gpt-5-nano': [{ from: '2025-08-07', inputMicroUsd: 50_000, outputMicroUsd: 400_000 }],
  'gpt-5.1': [{ from: '2025-11-13', inputMicroUsd: 1_250_000, outputMicroUsd: 10_000_000 }],
}
