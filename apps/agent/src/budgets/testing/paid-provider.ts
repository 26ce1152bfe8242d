/** Settings of the provider `paid` at some host: a token costs a micro-dollar, one that `demo` writes two. */
export function paidProvider(host: string) {
  const provider = {
    ...{ name: 'paid', kind: 'openai-compatible', baseUrl: `${host}/v1` },
    models: [
      { id: 'guard', inputMicroUsd: 1_000_000, outputMicroUsd: 0 },
      { id: 'demo', inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 },
    ],
  }
  return { MODEL_PROVIDERS: JSON.stringify([provider]) }
}
