import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { environmentOf, houseProblems } from './deployment-rules.ts'
import { typeProblems } from './manifest-types.ts'
import { type Manifest, parseManifests, readManifests } from './manifests.ts'
import { filesIn, ROOT, read, SERVICES } from './repository.ts'
import { askService, environmentProblems } from './service-config.ts'

const manifests = readManifests()
const deployments = manifests.filter(({ kind }) => kind === 'Deployment')

describe('the manifests', () => {
  test('are what the API of Kubernetes takes', () => {
    expect(typeProblems(manifests)).toEqual([])
  })

  test('are what this house asks for', () => {
    expect(houseProblems(manifests)).toEqual([])
  })

  test('have one Deployment for each service, and a migration of each database', () => {
    const [job] = manifests.filter(({ kind }) => kind === 'Job')
    const containers = containersOf(job)

    expect(deployments.map(({ name }) => name).toSorted()).toEqual(SERVICES)
    expect(containers.map(({ args }) => args?.[1]).toSorted()).toEqual(
      SERVICES.map((service) => `apps/${service}`),
    )
  })

  test.each(SERVICES)('give %s the settings that it knows and needs', async (service) => {
    const deployment = deployments.find(({ name }) => name === service)
    if (!deployment) throw new Error(`${service} has no Deployment`)
    const { names, configMaps, secrets } = environmentOf(deployment)
    const given = [
      ...names,
      ...configMaps.flatMap((name) => keysOf('ConfigMap', name, 'data')),
      ...secrets.flatMap((name) => keysOf('Secret', name, 'stringData')),
    ]

    const problems = environmentProblems(service, await askService(service), given)

    expect(problems).toEqual([])
    expect(given.toSorted()).toEqual([...new Set(given)].toSorted())
  })

  test('are all in the kustomization, except for the secrets', () => {
    const { resources } = parse(read('k8s/base/kustomization.yaml')) as { resources: string[] }
    const files = filesIn('k8s/base', '.yaml').map((path) => path.replace('k8s/base/', ''))

    expect([...resources, 'kustomization.yaml'].toSorted()).toEqual(files)
    expect(files.join()).not.toContain('secret')
  })

  test('hold no secret', () => {
    const secrets = manifests.filter(({ kind }) => kind === 'Secret')

    expect(new Set(secrets.map(({ path }) => path))).toEqual(new Set(['k8s/secrets.example.yaml']))
    expect(JSON.stringify(secrets)).not.toMatch(/PRIVATE KEY|LS0tLS1CRUdJTi/)
  })
})

describe('the check of types', () => {
  const deployment = readFileSync(join(ROOT, 'k8s/base/agent.yaml'), 'utf8')
  const problemsOf = (from: string, to: string) =>
    typeProblems(parseManifests('planted.yaml', deployment.replace(from, to)))

  test('takes the manifest that the mistakes are planted in', () => {
    expect(typeProblems(parseManifests('planted.yaml', deployment))).toEqual([])
  })

  test.each([
    ['a wrong type', 'replicas: 2', 'replicas: two', "'string' is not assignable"],
    ['an unknown field', 'replicas: 2', 'replicaCount: 2', 'replicaCount'],
    ['a misspelt field deep inside', 'readinessProbe:', 'readyProbe:', 'readyProbe'],
    ['an API that does not exist', 'apiVersion: apps/v1', 'apiVersion: apps/v2', 'apps/v2'],
    ['a removed API', 'policy/v1', 'policy/v1beta1', 'policy/v1beta1'],
    ['a missing field', 'name: agent\n          image', 'image', 'name'],
    ['a field at the wrong level', 'protocol: TCP, port: http', 'tcp: http', 'tcp'],
  ])('finds %s', (_what, from, to, words) => {
    const problems = problemsOf(from, to)

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^planted\.yaml/)
    expect(problems[0]).toContain(words)
  })
})

describe('the rules of this house', () => {
  const agent = manifests.filter(({ path }) => path === 'k8s/base/agent.yaml')
  const problemsOf = (from: string | RegExp, to: string) =>
    houseProblems(parseManifests('planted.yaml', read('k8s/base/agent.yaml').replaceAll(from, to)))

  test('are content with the file that the mistakes are planted in', () => {
    expect(houseProblems(agent)).toEqual([])
  })

  test.each([
    ['/livez', '/readyz', 'has no livenessProbe on /livez'],
    ['/readyz', '/livez', 'has no readinessProbe on /readyz'],
    ['startupProbe:', 'otherProbe:', 'has no startupProbe on /startupz'],
    ['runAsNonRoot: true', 'runAsNonRoot: false', 'may run as root'],
    ['type: RuntimeDefault', 'type: Unconfined', 'has no seccomp profile'],
    ['readOnlyRootFilesystem: true', 'tty: false', 'may write to its file system'],
    ['allowPrivilegeEscalation: false', 'tty: false', 'may gain privileges'],
    ['drop: [ALL]', 'drop: [CHOWN]', 'keeps capabilities'],
    ['sleep: { seconds: 5 }', 'sleep: { seconds: 0 }', 'does not wait 5 s before its stop'],
    ['terminationGracePeriodSeconds: 30', '', 'does not get 30 s for its stop'],
    ['replicas: 2', 'replicas: 1', 'has fewer than two replicas'],
    ['limits:', 'other:', 'has no requests or no limits'],
    ['image: dure/agent:0.1.0', 'image: dure/agent:latest', 'has an image without a fixed tag'],
    ['kind: PodDisruptionBudget', 'kind: Other', 'has no PodDisruptionBudget of its name'],
    ['kind: NetworkPolicy', 'kind: Other', 'has no NetworkPolicy of its name'],
    [/ {6}automountServiceAccountToken: false\n/g, '', 'gets a token of the cluster'],
  ])('are broken by %s → %s', (from, to, problem) => {
    expect(problemsOf(from, to)).toEqual([`Deployment agent: ${problem}`])
  })

  test('are broken by a policy that lets in others', () => {
    const opened = problemsOf('app.kubernetes.io/name: gateway', 'app.kubernetes.io/part-of: dure')

    expect(opened).toEqual(['NetworkPolicy agent: lets in others than it should'])
  })

  test('are broken by settings that nobody knows, and by those that lack', () => {
    const settings = { known: ['PORT', 'DATABASE_URL'], required: ['DATABASE_URL'] }

    expect(environmentProblems('agent', settings, ['PORT', 'DATABSE_URL'])).toEqual([
      'agent does not know DATABSE_URL',
      'agent is not given DATABASE_URL',
    ])
  })
})

function keysOf(kind: string, name: string, field: string): string[] {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.name === name)
  if (!found) throw new Error(`There is no ${kind} ${name}`)
  return Object.keys(found.content[field] as object)
}

function containersOf(job: Manifest | undefined): { readonly args?: readonly string[] }[] {
  const content = job?.content as
    | { spec: { template: { spec: { containers: { args?: string[] }[] } } } }
    | undefined
  return content?.spec.template.spec.containers ?? []
}
