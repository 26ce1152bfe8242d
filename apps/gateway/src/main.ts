import { setFlagsFromString } from 'node:v8'
import { loadConfig, serve } from '@dure/platform'
import { createApp } from './app.ts'
import { Config } from './config.ts'

// What outlives its request is little, and grows slowly: by a quarter until it is looked through, which takes some
// milliseconds every few seconds. By itself, V8 lets it grow to two or three times as much first. NODE_OPTIONS does not
// know this setting.
setFlagsFromString('--heap-growing-percent=25')
// Nor is what was once found to live long put there from the start: most of it is over with its request, and would take
// along all that it points to, several megabytes a second.
setFlagsFromString('--no-allocation-site-pretenuring')

const config = loadConfig(Config)
await serve(await createApp(config), config)
