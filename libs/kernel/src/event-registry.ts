import { UnavailableError } from './errors.ts'

type Data = Readonly<Record<string, unknown>>

/** How the data of a type of event became what they are today. */
export interface EventVersions {
  /** Of the data that this build writes. */
  readonly version: number
  /** The first leads from 1 to 2, the next one from 2 to 3. Pure: the same old data give the same new data. */
  readonly upcasters: readonly ((data: Data) => Data)[]
}

/** An event as it is stored with its data. Without `schemaVersion` it is of version 1. */
export type StoredEvent<Event extends { readonly type: string }> = Event & {
  readonly schemaVersion?: number
}

/** What this build knows of the events of one source: no reader sees data of another version. */
export interface EventRegistry<Event extends { readonly type: string }> {
  versionOf(type: string): number
  /**
   * The data as this build knows them.
   *
   * @throws NewerEventError
   */
  upcast(type: string, schemaVersion: number, data: Data): Data
  /** @throws NewerEventError */
  read(stored: StoredEvent<Event>): Event
  write(event: Event): StoredEvent<Event>
  /** Says whether what was computed from events holds for another build; empty as long as all are of version 1. */
  readonly fingerprint: string
}

/**
 * A newer build has written it, as happens while a deployment is under way. To guess would be to misread:
 * whoever meets it leaves the work to a process that knows it.
 */
export class NewerEventError extends UnavailableError {
  constructor(type: string, schemaVersion: number) {
    const message =
      'A newer version of this service has recorded something that this one does not know'
    super('event.newer-schema', message, { type, schemaVersion })
  }
}

const FIRST: EventVersions = { version: 1, upcasters: [] }

/** @param versions of every type; absent: of any type there is version 1 */
export function createEventRegistry<Event extends { readonly type: string }>(
  versions?: Readonly<Record<string, EventVersions>>,
): EventRegistry<Event> {
  const known = new Map(Object.entries(versions ?? {}))
  for (const [type, { version, upcasters }] of known) {
    if (version === upcasters.length + 1) continue
    throw new TypeError(`${type} has version ${version} and ${upcasters.length} upcasters`)
  }
  const raised = [...known].filter(([, { version }]) => version > 1)
  const find = (type: string) => (versions ? known.get(type) : FIRST)

  function versionOf(type: string): number {
    const found = find(type)
    if (!found) throw new TypeError(`There is no event ${type}`)
    return found.version
  }

  function upcast(type: string, schemaVersion: number, data: Data): Data {
    const found = find(type)
    if (!found || schemaVersion > found.version) throw new NewerEventError(type, schemaVersion)
    if (schemaVersion === found.version) return data
    return found.upcasters.slice(schemaVersion - 1).reduce((old, next) => next(old), data)
  }

  return {
    versionOf,
    upcast,
    fingerprint: raised
      .map(([type, { version }]) => ` ${type}=${version}`)
      .sort()
      .join(''),

    read(stored) {
      // Nearly all of them, and many at a time: no copy is made.
      if (stored.schemaVersion === undefined && find(stored.type)?.version === 1) return stored
      const { type, schemaVersion = 1, ...data } = stored
      return { type, ...upcast(type, schemaVersion, data) } as Event
    },

    write(event) {
      const schemaVersion = versionOf(event.type)
      if (schemaVersion === 1) return event
      const { type, ...data } = event
      return { type, schemaVersion, ...data } as StoredEvent<Event>
    },
  }
}
