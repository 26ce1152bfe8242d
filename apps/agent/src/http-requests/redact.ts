const REDACTED = '[redacted]'

/**
 * The value without any of these texts, in all strings and names inside of it. Without recursion: what
 * it goes through comes from outside, and may be nested as deep as it is long.
 *
 * @param value JSON that belongs to the caller: it is changed in place
 */
export function redacted<Value>(value: Value, texts: readonly string[]): Value {
  const root = { value }
  const left: object[] = [root]
  for (let inside = left.pop(); inside !== undefined; inside = left.pop()) {
    for (const [name, child] of Object.entries(inside)) {
      const clean = typeof child === 'string' ? withoutTexts(child, texts) : child
      const cleanName = withoutTexts(name, texts)
      if (cleanName !== name) Reflect.deleteProperty(inside, name)
      if (cleanName !== name || clean !== child) put(inside, cleanName, clean)
      if (typeof child === 'object' && child !== null) left.push(child)
    }
  }
  return root.value
}

function withoutTexts(text: string, texts: readonly string[]): string {
  return texts.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
}

/** Also where the name is `__proto__`. */
function put(inside: object, name: string, value: unknown): void {
  const property = { value, enumerable: true, configurable: true, writable: true }
  Object.defineProperty(inside, name, property)
}
