import type { FieldProblem } from '@dure/kernel'

export interface Address {
  /** Absent: an expression decides. */
  readonly host?: string
  readonly isInvalid?: true
}

const HOLE = /\{\{.*?\}\}/gs
/** Of the letters of a host name, and of none that anybody uses. */
const IN_HOLE = 'dure-hole'

/** Where the template of a URL points to, as far as it says so itself. */
export function addressOf(template: string): Address {
  const url = template.replace(HOLE, IN_HOLE)
  if (url.startsWith(IN_HOLE)) return {}
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return { isInvalid: true }
  const place = `${parsed.username}${parsed.password}${parsed.hostname}`
  if (parsed.username || parsed.password) return { isInvalid: true }
  return place.includes(IN_HOLE) ? {} : { host: parsed.hostname }
}

/**
 * A draft names hosts of the public internet, by name. The connector would refuse the others when it
 * runs: nobody should have to find out then.
 */
export function hostProblem({ host, isInvalid }: Address, pointer: string): FieldProblem[] {
  if (isInvalid) {
    const message = 'must be a URL with http or https, without a user in it'
    return [{ pointer, code: 'draft.invalid-address', message }]
  }
  if (host === undefined || isPublicName(host)) return []
  const message = `must name a host of the public internet by its name, not ${host.slice(0, 100)}`
  return [{ pointer, code: 'draft.private-address', message }]
}

const NOT_PUBLIC =
  /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|onion)$/

function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase()
  const isAddress = name.startsWith('[') || /^[\d.]+$/.test(name)
  return !isAddress && name.includes('.') && !NOT_PUBLIC.test(name)
}
