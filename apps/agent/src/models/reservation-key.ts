import { randomUUID } from 'node:crypto'

/**
 * A key that no other try of the same call has. A provider charges as often as it is asked: whoever asks again after a
 * crash must not find the reservation of the dead one, and settle that alone.
 *
 * @param call its stable name, with which the key begins
 */
export function reservationKeyOf(call: string): string {
  return `${call}/${randomUUID()}`
}
