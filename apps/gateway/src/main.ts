import { setFlagsFromString } from 'node:v8'
import { loadConfig, serve } from '@dure/platform'
import { createApp } from './app.ts'
import { Config } from './config.ts'

// What outlives its request is little, and grows slowly: by a quarter until it is looked through, which takes some
// milliseconds every few seconds. By itself, V8 lets it grow to two or three times as much first. NODE_OPTIONS does not
// know this setting.
setFlagsFromString('--heap-growing-percent=25')

const config = loadConfig(Config)
await serve(await createApp(config), config)
