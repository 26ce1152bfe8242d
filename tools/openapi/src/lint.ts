import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectralCore from '@stoplight/spectral-core'
import spectralRulesets from '@stoplight/spectral-rulesets'
import { houseFindings } from './house-rules.ts'
import type { JsonObject } from './json.ts'

/** Something that a linter does not like; whatever its severity, it is to be mended. */
export interface Finding {
  readonly linter: 'redocly' | 'spectral' | 'dure'
  readonly rule: string
  /** A JSON pointer, or the name of an operation. */
  readonly where: string
  readonly message: string
}

/** What Redocly (recommended), Spectral (`spectral:oas`) and our own rules find in a document. */
export async function lint(document: JsonObject): Promise<Finding[]> {
  const [redocly, spectral] = await Promise.all([byRedocly(document), bySpectral(document)])
  return [...redocly, ...spectral, ...houseFindings(document)]
}

async function byRedocly(document: JsonObject): Promise<Finding[]> {
  const config = await createConfig({ extends: ['recommended'], telemetry: 'off' })
  const source = JSON.stringify(document)
  const problems = await lintFromString({ source, config, absoluteRef: '/openapi.json' })
  return problems.map(({ ruleId, message, location }) => ({
    linter: 'redocly',
    rule: ruleId,
    where: location[0]?.pointer ?? '#/',
    message,
  }))
}

async function bySpectral(document: JsonObject): Promise<Finding[]> {
  const spectral = new spectralCore.Spectral()
  spectral.setRuleset({ extends: [[spectralRulesets.oas as never, 'recommended']] })
  const results = await spectral.run(JSON.stringify(document))
  return results.map(({ code, message, path }) => ({
    linter: 'spectral',
    rule: String(code),
    where: `#/${path.map((step) => String(step).replaceAll('/', '~1')).join('/')}`,
    message,
  }))
}
