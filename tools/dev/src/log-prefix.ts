const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
}

const WARNING = 40

/** Fields of a log line that the eye does not need: the prefix and the order say the same. */
const HIDDEN = new Set(['level', 'time', 'msg', 'name', 'pid', 'hostname', 'err', 'spanId'])

/**
 * One line of a service for people: `12:30:01.250 WARN  message key=value`, then the stack of an
 * error. A line that is not the JSON of a logger stays as it is.
 */
export function readableLine(line: string): string {
  const entry = parse(line)
  if (!entry) return line
  const { level, time, msg, err } = entry
  const clock = new Date(Number(time)).toISOString().slice(11, 23)
  const fields = Object.entries(entry)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const name = LEVELS[Number(level)] ?? String(level)
  const text = [clock, name.padEnd(5), msg, ...fields]
    .filter((part) => part !== undefined)
    .join(' ')
  const stack = (err as { stack?: unknown } | undefined)?.stack
  return typeof stack === 'string' ? `${text}\n${stack}` : text
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    const entry = JSON.parse(line) as Record<string, unknown>
    const isLog = 'level' in entry && Number.isFinite(new Date(Number(entry.time)).getTime())
    return isLog ? entry : null
  } catch {
    // Something that merely begins like JSON.
    return null
  }
}

/** Passes on what is a warning or worse, and what is not the JSON of a logger. */
export function warningsOnly(show: (line: string) => void): (line: string) => void {
  return (line) => {
    const entry = parse(line)
    if (!entry || Number(entry.level) >= WARNING) show(line)
  }
}

export interface Screen {
  /** What writes the lines of one source, each with its name before it, in a colour of its own. */
  source(name: string): (line: string) => void
}

const COLOURS = [36, 33, 35, 32, 34, 31, 96, 93] as const
const NAME_WIDTH = 10

export interface ScreenOptions {
  readonly write: (text: string) => void
  readonly colours: boolean
}

export function createScreen({ write, colours }: ScreenOptions): Screen {
  let sources = 0
  return {
    source: (name) => {
      const colour = COLOURS[sources % COLOURS.length]
      sources += 1
      const label = name.padEnd(NAME_WIDTH)
      const prefix = colours ? `\x1b[${colour}m${label}\x1b[0m| ` : `${label}| `
      return (line) => {
        for (const part of readableLine(line).split('\n')) write(`${prefix}${part}\n`)
      }
    },
  }
}
