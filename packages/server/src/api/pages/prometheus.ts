/** Figures for Prometheus: requests, processes by status, and the program itself. */
import type { ProcessStatus } from '@hatchery/contract'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Store } from '../../domain/store.ts'

export interface RequestMeter {
  count(request: { method: string; status: number; seconds: number }): void
}

export interface Prometheus {
  readonly contentType: string
  readonly meter: RequestMeter
  text(): Promise<string>
}

export function createPrometheus(store: Pick<Store, 'countsByStatus'>): Prometheus {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'hatchery_http_requests_total',
    help: 'Answered requests by method and status',
    labelNames: ['method', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'hatchery_http_request_duration_seconds',
    help: 'Time from a request to its answer',
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  })
  const processes = new Gauge({
    name: 'hatchery_processes',
    help: 'Processes that are not final, by status',
    labelNames: ['status'],
    registers,
  })
  let started = false
  return {
    contentType: registry.contentType,
    meter: {
      count({ method, status, seconds: taken }) {
        requests.inc({ method, status })
        seconds.observe(taken)
      },
    },
    async text() {
      if (!started) collectDefaultMetrics({ register: registry })
      started = true
      setCounts(processes, await store.countsByStatus())
      return await registry.metrics()
    },
  }
}

const unfinished = [
  'starting',
  'running',
  'draining',
  'stopping',
] as const satisfies readonly ProcessStatus[]

function setCounts(gauge: Gauge, counts: Partial<Record<ProcessStatus, number>>): void {
  for (const status of unfinished) gauge.set({ status }, counts[status] ?? 0)
}
