/** What was set last, up to a number of things; the oldest is forgotten. */
export interface Recent<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  /** @returns whether it was there */
  delete(key: string): boolean
}

export function createRecent<Value>(max: number): Recent<Value> {
  const values = new Map<string, Value>()
  return {
    get: (key) => values.get(key),
    delete: (key) => values.delete(key),
    set(key, value) {
      values.delete(key)
      values.set(key, value)
      const [oldest] = values.size > max ? values.keys() : []
      if (oldest !== undefined) values.delete(oldest)
    },
  }
}
