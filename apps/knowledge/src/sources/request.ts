import { DureError, InvalidInputError } from '@dure/kernel'
import { MAX_NAME_LENGTH, nameOf } from '../documents/document.ts'
import { invalidUrl, type SourceRequest } from './source.ts'

interface Body {
  readonly name?: string
  readonly text?: string
  readonly url?: string
  readonly resync?: { readonly everyS: number }
}

/** What knows which addresses may be asked. */
interface UrlGuard {
  /** @throws DureError */
  check(url: string): { readonly url: URL }
}

/**
 * What is to be fetched, if that is what a body asks for. The address is checked as far as it says so itself; where its
 * name leads to is found out when it is asked.
 *
 * @throws InvalidInputError `document.no-content`, `document.invalid-url`, `document.invalid-name`
 */
export function sourceRequestOf(
  { name, text, url, resync }: Body,
  guard: UrlGuard,
): (SourceRequest & { readonly name: string }) | undefined {
  if ((url === undefined) === (text === undefined)) throw noContent()
  if (url === undefined) {
    if (resync) throw noContent()
    return undefined
  }
  const checked = checkedUrl(url, guard)
  return {
    url: checked.href,
    name: nameOf(name ?? nameFor(checked)),
    ...(resync && { everyS: resync.everyS }),
  }
}

export function noContent(): InvalidInputError {
  return new InvalidInputError(
    'document.no-content',
    'Send `name` and `text`, or a `url`, which alone may have `resync`',
    [{ pointer: '#/text', message: 'or #/url must be there, and not both' }],
  )
}

function checkedUrl(url: string, guard: UrlGuard): URL {
  try {
    return guard.check(url).url
  } catch (error) {
    if (error instanceof DureError) throw invalidUrl(error.message)
    throw error
  }
}

/** As people read it; a label, so that what is too long is cut off. */
function nameFor({ host, pathname, search }: URL): string {
  const path = decoded(pathname === '/' ? '' : pathname)
  return `${host}${path}${search}`.slice(0, MAX_NAME_LENGTH)
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch (error) {
    if (error instanceof URIError) return path
    throw error
  }
}
