/** What a program may find is its input; none of these. */
export const ABSENT = [
  ...['process', 'require', 'module', 'exports', '__dirname', '__filename', 'Buffer', 'global'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Request', 'Response', 'Headers'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'structuredClone', 'performance', 'crypto'],
  ...['WebAssembly', 'Worker', 'SharedWorker', 'MessageChannel', 'BroadcastChannel', 'postMessage'],
  ...['importScripts', 'Deno', 'Bun', 'window', 'self', 'document', 'navigator', 'localStorage'],
  ...['std', 'os', 'bjson', 'scriptArgs', 'print', 'load', 'loadFile', 'read', 'readFile', 'gc'],
  // Of the host, and of what prepares the interpreter.
  ...['done', 'fail', 'log', 'seed', 'nowMs', 'launch', 'returned', 'failed', 'parentPort'],
] as const

/** Ways out that have worked elsewhere; each throws here, or finds nothing. */
export const WAYS_OUT = [
  'return this.constructor.constructor("return process")()',
  'return (function () {}).constructor("return process")()',
  'return (async () => {}).constructor("return process")()',
  'return (function* () {}).constructor("return process")().next()',
  'return (async function* () {}).constructor("return process")().next()',
  'return Function("return process.env")()',
  'return new Function("return this.process.env")()',
  'return eval("process.env")',
  'return (0, eval)("process.env")',
  'return [].filter.constructor("return process.env")()',
  'return input.constructor.constructor("return process.env")()',
  'return console.log.constructor("return process.env")()',
  'return console.log.caller.env.x',
  'return arguments.callee.caller.arguments[0].env',
  'return Reflect.construct(Function, ["return process"])()',
  'return Reflect.get(globalThis, "process").env',
  'return globalThis.globalThis.process.env',
  'return Object.getPrototypeOf(async () => {}).constructor("return process")()',
  'return Symbol.constructor("return process")()',
  'return Date.constructor("return process")()',
  'return (new Date()).constructor.constructor("return process")()',
  'return Promise.resolve().then.constructor("return process")()',
  'return JSON.stringify.constructor("return process.mainModule")()',
  'return Error().constructor.constructor("return process")()',
  'try { null.x } catch (error) { return error.constructor.constructor("return process")() }',
  'try { const f = () => f(); f() } catch (error) { return error.constructor.constructor("return process")() }',
  'Error.prepareStackTrace = (error, sites) => sites[0].getThis().process; return new Error().stack.env',
  'return new Proxy(() => {}, {}).constructor("return process")()',
  'return "".constructor.constructor.call(null, "return process")()',
  'return await import("node:fs")',
  'return await import("fs")',
  'return await import("./program.ts")',
  'return await import("data:text/javascript,export default 1")',
  'return await import("std")',
  'return await import("os")',
  'return require("child_process").execSync("id")',
  'return process.binding("fs")',
  'return process.mainModule.require("fs")',
  'return new WebAssembly.Memory({ initial: 1 })',
  'return new Worker("x")',
  'return fetch("http://169.254.169.254/")',
  'return new XMLHttpRequest()',
] as const

/** No JavaScript, or no body of a function. */
export const MALFORMED = [
  'return (',
  'import fs from "fs"',
  'export default 1',
  'return import.meta.url',
  '}); (5',
  '}',
  '{',
  'let let = 1',
  'return "\u2028',
  'yield 1',
  'return 08n',
  '`${',
  '/(/',
  'break',
] as const

/** They put something of theirs in the place of what the host relies on. */
export const TAMPERING: readonly (readonly [source: string, value: unknown])[] = [
  ['JSON.stringify = () => \'"forged"\'; return 1', 1],
  ['JSON.parse = () => ({}); return input', { a: 1 }],
  ['globalThis.JSON = null; return 1', 1],
  ['Promise.prototype.then = () => {}; return 1', 1],
  ['globalThis.Promise = class {}; return 1', 1],
  ['Reflect.apply = () => {}; return 1', 1],
  ['globalThis.Reflect = null; return 1', 1],
  ['Array.prototype.join = () => "forged"; console.log("a", "b"); return 1', 1],
  ['String.prototype.slice = () => "forged"; return "x"', 'x'],
  ['Object.prototype.toJSON = undefined; return { a: 1 }', { a: 1 }],
  ['Object.freeze(Object.prototype); return {}', {}],
  ['Object.defineProperty(Object.prototype, "kind", { value: "failed" }); return 1', 1],
  ['Object.prototype.__proto__ = null; return 1', 1],
  ['globalThis.Error = null; throw new TypeError("x")', undefined],
  ['Error.prototype.name = { toString() { throw 1 } }; throw new Error("x")', undefined],
  ['throw { get message() { throw 1 }, toJSON() { throw 2 } }', undefined],
  ['throw new Proxy(new Error("x"), { get() { throw 1 } })', undefined],
  ['throw Symbol("x")', undefined],
  ['throw undefined', undefined],
  ['throw new Error("x".repeat(1000000))', undefined],
  [
    'const error = new Error(); error.stack = { toString: () => "code.js:9" }; throw error',
    undefined,
  ],
  ['return { then(resolve) { resolve("its own") } }', 'its own'],
  ['return { toJSON: () => "its own" }', 'its own'],
  ['return new Proxy({ a: 1 }, {})', { a: 1 }],
  ['return Object.create({ hidden: 1 })', {}],
  ['return { __proto__: { polluted: true } }', {}],
  ['return JSON.parse(\'{"__proto__": {"polluted": true}}\')', 'any'],
  ['delete globalThis.console; return typeof console', 'undefined'],
  ['globalThis.undefined = 1; return typeof undefined', 'undefined'],
  ['console.log = null; return 1', 1],
  ['console.log(Symbol("x"), 1n, undefined, null, () => {}); return 1', 1],
  ['console.log({ get a() { throw 1 } }); return 1', 1],
  ['console.log(new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })); return 1', 1],
  ['const loop = {}; loop.loop = loop; console.log(loop); return 1', 1],
]

/** What JSON cannot say. */
export const UNSAYABLE = [
  'return () => {}',
  'return Symbol("x")',
  'return 1n',
  'const loop = {}; loop.loop = loop; return loop',
  'return { get a() { throw new Error("no") } }',
  'return { toJSON() { throw new Error("no") } }',
  'return new Proxy({}, { ownKeys() { throw new Error("no") } })',
] as const

/** They never end by themselves. */
export const HANGING = [
  'while (true);',
  'for (;;) {}',
  'do {} while (true)',
  'while (true) await 1',
  'for await (const one of (async function* () { while (true) yield 1 })());',
  'while (true) { try { while (true); } catch {} }',
  'while (true) { try { while (true); } finally { continue } }',
  'try { while (true); } finally { while (true); }',
  'const again = () => void Promise.resolve().then(again); again(); return new Promise(() => {})',
  'function* f() { while (true) yield 1 } for (const one of f());',
  'return /(a+)+$/.test("a".repeat(40) + "b")',
  'return /^(([a-z])+.)+[A-Z]([a-z])+$/.test("a".repeat(60))',
  'return /(x+x+)+y/.exec("x".repeat(40))',
  'return /^(a|aa)+$/.test("a".repeat(60) + "b")',
  'return { toJSON() { while (true); } }',
  'return new Proxy({}, { ownKeys() { while (true); } })',
  'console.log({ toJSON() { while (true); } })',
  'throw { toString() { while (true); }, toJSON() { return undefined } }',
  'return { then(resolve) { while (true); } }',
  'return { get a() { while (true); } }',
  '[3, 1, 2].sort(() => { while (true); })',
  'for (let i = 0; i < 1e15; i++) Math.random()',
  'let n = 2n; while (n) n = n * 2n + 1n, n %= 10n ** 50n',
  'while (true) console.log("x")',
  'while (true) eval("1")',
  'while (true) new Function("return 1")()',
  'while (true) { try { throw new Error() } catch {} }',
  'while (true) JSON.parse("[" + "1,".repeat(1000) + "1]")',
  'label: while (true) { switch (1) { case 1: continue label } }',
] as const

/**
 * What becomes of those that take what they can get: their memory or their time is over first, as fast as the machine is; and an
 * interpreter that has no memory left may break, and is thrown away.
 */
const EXHAUSTS = ['memory', 'deadline', 'crashed'] as const
/** One that notices, and has room to say so. */
const EXHAUSTS_OR_RETURNS = [...EXHAUSTS, 'returned'] as const

/** They want more memory, or a deeper stack, than there is; and what may become of each. */
export const GREEDY: readonly (readonly [source: string, endings: readonly string[]])[] = [
  ['const all = []; while (true) all.push("x".repeat(100000) + all.length)', EXHAUSTS],
  ['const all = []; while (true) all.push([1, 2, 3])', EXHAUSTS],
  ['const all = []; while (true) all.push({ all })', EXHAUSTS],
  ['const all = new Map(); for (let n = 0; ; n++) all.set(n, {})', EXHAUSTS],
  ['const all = new Set(); for (let n = 0; ; n++) all.add({ n })', EXHAUSTS],
  ['let text = "x"; while (true) text += text', ['threw']],
  ['let text = "x"; while (true) text = text.concat(text)', EXHAUSTS],
  ['return Array.from({ length: 1e15 }, () => 1)', ['threw']],
  ['return new ArrayBuffer(1e9)', EXHAUSTS],
  ['return new Uint8Array(4e9)', ['threw']],
  ['return new Array(1e9).fill(1)', EXHAUSTS],
  ['return Array(2 ** 32 - 1).join("x")', ['deadline']],
  ['return "x".repeat(2 ** 30)', ['threw']],
  ['return "x".padEnd(2 ** 30)', ['threw']],
  ['return [...Array(1e8).keys()]', EXHAUSTS],
  ['return Object.fromEntries(Array.from({ length: 1e8 }, (_, n) => [n, n]))', EXHAUSTS],
  ['return 10n ** 100000000n', ['threw']],
  ['let n = 2n; while (true) n *= n', ['threw']],
  ['return JSON.parse("[".repeat(1e6))', ['threw']],
  ['return JSON.parse("[".repeat(1e5) + "]".repeat(1e5))', ['threw']],
  ['let deep = []; for (let n = 0; n < 1e6; n++) deep = [deep]; return deep', EXHAUSTS],
  ['const f = () => f(); f()', ['threw']],
  ['const f = () => [f()]; f()', ['threw']],
  ['class A { constructor() { new A() } } new A()', ['threw']],
  ['const o = { get a() { return this.a } }; return o.a', ['threw']],
  ['const p = new Proxy({}, { get: (target, key, self) => self[key] }); return p.x', ['threw']],
  ['const f = async () => f(); return f()', ['threw']],
  ['const again = () => Promise.resolve().then(again); return again()', EXHAUSTS],
  ['return "a".replace(/a/g, function again() { return "a".replace(/a/g, again) })', ['threw']],
  ['const again = { toString: () => String(again) }; return String(again)', ['threw']],
  ['return eval("(".repeat(1e5))', ['crashed']],
  ['return eval("1" + "+1".repeat(1e5))', ['returned']],
  ['return new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("x")', ['threw']],
  ['const all = []; while (true) all.push(() => all)', EXHAUSTS],
  ['const all = []; while (true) all.push(Symbol("x".repeat(1000)))', EXHAUSTS],
  [
    'const all = []; while (true) { try { all.push("x".repeat(100000) + all.length) } catch { break } } return all.length',
    EXHAUSTS_OR_RETURNS,
  ],
  ['const all = []; while (true) all.push(new Promise(() => {}))', EXHAUSTS],
  ['const all = []; while (true) all.push(Promise.resolve().then(() => all))', EXHAUSTS],
]

/** They say, or give back, more than anybody wants to keep. */
export const FLOODS = [
  'for (let n = 0; n < 1e5; n++) console.log("x".repeat(1000)); return 1',
  'console.log("x".repeat(1e6)); return 1',
  'console.log(...Array(1e4).fill("x".repeat(100))); return 1',
  'for (let n = 0; n < 1e5; n++) console.error(n); return 1',
] as const

/** The second is asked for what the first has left behind. */
export const LEFT_BEHIND: readonly (readonly [first: string, second: string])[] = [
  ['globalThis.left = 1', 'return typeof left'],
  ['left = 1', 'return typeof left'],
  ['Object.prototype.left = 1', 'return typeof {}.left'],
  ['Array.prototype.left = 1', 'return typeof [].left'],
  ['console.left = 1', 'return typeof console.left'],
  ['Math.left = 1', 'return typeof Math.left'],
  ['Symbol.for("left").constructor.left = 1', 'return typeof Symbol.left'],
  ['input.constructor.left = 1', 'return typeof input.constructor.left'],
  ['(async () => { await null; globalThis.left = 1 })()', 'return typeof left'],
]
