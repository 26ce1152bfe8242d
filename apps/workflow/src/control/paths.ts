/**
 * A run in the path of a custom method, `/runs/{runId}:fork`: the router takes a parameter up to the next
 * slash unless it is told where it ends. `::` stands for a colon.
 */
export const OF_RUN = '/runs/:runId(^[a-z0-9_]+)'
