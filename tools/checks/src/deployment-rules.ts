import { isDeepStrictEqual } from 'node:util'
import type { Deployment } from 'kubernetes-types/apps/v1.d.ts'
import type { Container, PodSpec, Probe } from 'kubernetes-types/core/v1.d.ts'
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts'
import type { Manifest } from './manifests.ts'

const PROBES = { startupProbe: '/startupz', livenessProbe: '/livez', readinessProbe: '/readyz' }
const EDGE = 'gateway'

/** The settings that a Deployment gives to its service, by where they come from. */
export interface Environment {
  readonly names: readonly string[]
  readonly configMaps: readonly string[]
  readonly secrets: readonly string[]
}

/** What this house asks of every service, beyond what Kubernetes asks. */
export function houseProblems(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind === 'Deployment') {
      return [...deploymentProblems(manifest.content as Deployment), ...absentCompanions(manifest)]
        .map((problem) => `Deployment ${manifest.name}: ${problem}`)
        .concat(policyProblems(manifest.name, manifests))
    }
    if (manifest.kind !== 'Job') return []
    const { template } = (manifest.content as { spec: { template: { spec?: PodSpec } } }).spec
    return podProblems(template.spec).map((problem) => `Job ${manifest.name}: ${problem}`)
  })

  function absentCompanions({ name }: Manifest): string[] {
    return ['Service', 'PodDisruptionBudget', 'NetworkPolicy', 'ServiceAccount']
      .filter((kind) => !manifests.some((other) => other.kind === kind && other.name === name))
      .map((kind) => `has no ${kind} of its name`)
  }
}

function deploymentProblems({ spec }: Deployment): string[] {
  const pod = spec?.template.spec
  const containers = pod?.containers ?? []
  return [
    ...((spec?.replicas ?? 1) < 2 ? ['has fewer than two replicas'] : []),
    ...(pod?.terminationGracePeriodSeconds === 30 ? [] : ['does not get 30 s for its stop']),
    ...podProblems(pod),
    ...containers.flatMap(lifeProblems),
  ]
}

function podProblems(pod: PodSpec | undefined): string[] {
  const { runAsNonRoot, seccompProfile } = pod?.securityContext ?? {}
  return [
    ...(runAsNonRoot ? [] : ['may run as root']),
    ...(seccompProfile?.type === 'RuntimeDefault' ? [] : ['has no seccomp profile']),
    ...(pod?.automountServiceAccountToken === false ? [] : ['gets a token of the cluster']),
    ...(pod?.containers ?? []).flatMap(containerProblems),
  ]
}

function containerProblems({ image, resources, securityContext }: Container): string[] {
  const { requests, limits } = resources ?? {}
  const bounded = [requests, limits].every((amounts) => amounts?.cpu && amounts.memory)
  const drops = securityContext?.capabilities?.drop ?? []
  return [
    ...(bounded ? [] : ['has no requests or no limits']),
    ...(isPinned(image ?? '') ? [] : ['has an image without a fixed tag']),
    ...(securityContext?.readOnlyRootFilesystem ? [] : ['may write to its file system']),
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['may gain privileges']),
    ...(drops.includes('ALL') ? [] : ['keeps capabilities']),
  ]
}

function lifeProblems(container: Container): string[] {
  const probes = Object.entries(PROBES)
    .filter(([name, path]) => (container[name as keyof Container] as Probe)?.httpGet?.path !== path)
    .map(([name, path]) => `has no ${name} on ${path}`)
  const sleeps = container.lifecycle?.preStop?.sleep?.seconds === 5
  return [...probes, ...(sleeps ? [] : ['does not wait 5 s before its stop'])]
}

/** Only the gateway reaches the services, by their HTTP port; anybody reaches the gateway by its own. */
function policyProblems(name: string, manifests: readonly Manifest[]): string[] {
  const found = manifests.find((other) => other.kind === 'NetworkPolicy' && other.name === name)
  if (!found) return []
  const { spec } = found.content as NetworkPolicy
  const label = 'app.kubernetes.io/name'
  const gateway = { podSelector: { matchLabels: { [label]: EDGE } } }
  const ports = [{ protocol: 'TCP', port: 'http' }]
  const wanted = {
    podSelector: { matchLabels: { [label]: name } },
    policyTypes: ['Ingress'],
    ingress: [name === EDGE ? { ports } : { from: [gateway], ports }],
  }
  return isDeepStrictEqual(spec, wanted)
    ? []
    : [`NetworkPolicy ${name}: lets in others than it should`]
}

/** A tag that says which version, or a digest. */
export function isPinned(image: string): boolean {
  return /(:[^:/]*\d[^:/]*|@sha256:[0-9a-f]{64})$/.test(image)
}

export function environmentOf({ content }: Manifest): Environment {
  const [container] = (content as Deployment).spec?.template.spec?.containers ?? []
  const sources = container?.envFrom ?? []
  return {
    names: (container?.env ?? []).map(({ name }) => name),
    configMaps: sources.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
    secrets: sources.flatMap(({ secretRef }) => secretRef?.name ?? []),
  }
}
