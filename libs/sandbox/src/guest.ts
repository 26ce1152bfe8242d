import { OUTCOME_LIMITS } from './program.ts'

export const UNSHOWN = '[a value that cannot be shown]'

/**
 * Runs inside of the interpreter, before anything of the program does: keeps what the host needs
 * where no program can reach or replace it, and makes chance and time the same for each replay. Its
 * value is a function that the host calls with the program and its input.
 *
 * `random` is mulberry32 by Tommy Ettinger (public domain): 32 bits of state are enough where nothing
 * depends on nobody guessing it.
 */
export const GUEST_SETUP = `(function (done, fail, log, seed, nowMs) {
  'use strict'
  const { stringify, parse } = JSON
  const { apply, defineProperty } = Reflect
  const RealDate = Date
  const join = Array.prototype.join
  const isError = (value) => value instanceof Error
  const textOf = (value) => {
    try {
      if (typeof value === 'string') return value
      if (isError(value)) return value.name + ': ' + value.message
      const json = stringify(value)
      return json === undefined ? String(value) : json
    } catch {
      return '${UNSHOWN}'
    }
  }

  let state = seed | 0
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(nowMs).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs] : args, newTarget),
  })
  RealDate.now = () => nowMs
  defineProperty(RealDate.prototype, 'constructor', { value: globalThis.Date })

  const say = (level) => (...values) => {
    const texts = []
    for (let at = 0; at < values.length && at < 100; at++) texts[at] = textOf(values[at])
    log(level, apply(join, texts, [' ']))
  }
  globalThis.console = { debug: say('debug'), log: say('info'), info: say('info'), warn: say('warn'), error: say('error') }

  const failed = (error) => {
    let name = '', message = '', stack = ''
    try {
      name = isError(error) ? String(error.name) : ''
      message = isError(error) ? String(error.message) : textOf(error)
      stack = isError(error) ? String(error.stack) : ''
    } catch {
      message = 'an error that cannot be shown'
    }
    fail('threw', name, message, stack)
  }
  const returned = (value) => {
    let json
    try {
      json = stringify(value === undefined ? null : value)
    } catch (error) {
      return fail('no-json', '', textOf(error), '')
    }
    if (json === undefined) return fail('no-json', '', 'A function or a symbol is no JSON', '')
    if (json.length > ${OUTCOME_LIMITS.value}) {
      return fail('too-large', '', json.length + ' characters, and at most ${OUTCOME_LIMITS.value} are taken', '')
    }
    done(json)
  }
  const settle = Promise.prototype.then
  return (program, input) => {
    try {
      apply(settle, program(parse(input)), [returned, failed])
    } catch (error) {
      failed(error)
    }
  }
})`
