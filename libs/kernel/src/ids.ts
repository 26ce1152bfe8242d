/** The prefix says in a log line, a URL and an error what an id names. */
export type IdPrefix =
  | 'org'
  | 'prj'
  | 'key'
  | 'usr'
  | 'svc'
  | 'wf'
  | 'wfv'
  | 'als'
  | 'run'
  | 'apr'
  | 'task'
  | 'sch'
  | 'whk'
  | 'evt'
  | 'kb'
  | 'doc'
  | 'eval'
  | 'sec'
  | 'bud'
  | 'whe'
  | 'whs'
  | 'whd'
  | 'var'
  | 'word'
  | 'agt'
  | 'exe'
  | 'thr'
  | 'dst'
  | 'case'
  | 'evr'
  | 'exp'
  | 'opt'
  | 'tool'
  | 'mcp'
  | 'team'
  | 'tru'

/**
 * `run_0198c0de…`: a prefix and the 32 hex digits of a UUID. With a version 7 UUID, ids sort by the
 * time of their making; they are names, not secrets.
 */
export function prefixedId(prefix: IdPrefix, uuid: string): string {
  return `${prefix}_${uuid.replaceAll('-', '')}`
}
