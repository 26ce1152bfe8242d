import type { Metric, MetricValue, Registry } from 'prom-client'

/** Upper bounds, in seconds. */
const BOUNDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]
const NAME = 'http_server_request_duration_seconds'

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status: string }
  /** How many took at most as long as each bound, and longer than the one before; then all the rest. */
  readonly counts: number[]
  sumS: number
}

/**
 * A histogram of how long requests took. The one of `prom-client` sorts and joins the labels of every
 * observation; here a request costs one look-up, and the text is made when somebody asks for it.
 */
export class Durations {
  /** By route, method and status: names that are put together anew each time are dear to look up. */
  readonly #series = new Map<string, Map<string, Map<number, Series>>>()

  observe(method: string, route: string, status: number, seconds: number): void {
    const series =
      this.#series.get(route)?.get(method)?.get(status) ?? this.#begin(method, route, status)
    let at = 0
    while (at < BOUNDS.length && seconds > (BOUNDS[at] ?? 0)) at++
    series.counts[at] = (series.counts[at] ?? 0) + 1
    series.sumS += seconds
  }

  #begin(method: string, route: string, status: number): Series {
    const labels = { method, route, status: String(status) }
    const series = { labels, counts: new Array<number>(BOUNDS.length + 1).fill(0), sumS: 0 }
    const ofRoute = this.#series.get(route) ?? new Map<string, Map<number, Series>>()
    this.#series.set(route, ofRoute)
    const ofMethod = ofRoute.get(method) ?? new Map<number, Series>()
    ofRoute.set(method, ofMethod)
    ofMethod.set(status, series)
    return series
  }

  /** Shows it among the metrics of a registry. */
  register(registry: Registry): void {
    const about = {
      name: NAME,
      help: 'Duration of HTTP requests',
      aggregator: 'sum' as const,
      collect: () => {},
    }
    const get = async () => ({ ...about, type: 'histogram', values: this.#values() })
    registry.registerMetric({ ...about, get } as unknown as Metric<string>)
  }

  #values(): (MetricValue<string> & { metricName: string })[] {
    const ofMethods = [...this.#series.values()].flatMap((ofRoute) => [...ofRoute.values()])
    const all = ofMethods.flatMap((ofMethod) => [...ofMethod.values()])
    return all.flatMap(({ labels, counts, sumS }) => {
      let below = 0
      const buckets = counts.map((count, at) => {
        below += count
        const le = BOUNDS[at] ?? '+Inf'
        return { metricName: `${NAME}_bucket`, labels: { ...labels, le }, value: below }
      })
      return [
        ...buckets,
        { metricName: `${NAME}_sum`, labels, value: sumS },
        { metricName: `${NAME}_count`, labels, value: below },
      ]
    })
  }
}
