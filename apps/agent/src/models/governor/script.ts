/**
 * Who may ask a provider now, decided at one place for all processes.
 *
 * `state` is a hash: `requests` and `tokens` are what is left of two buckets, `at` is when that was,
 * `paused` is until when the provider asked everybody to wait, `next` when the next may go after that.
 * A bucket holds a seventh of a minute, and is filled so that no minute lets more through than its
 * limit. An answer that is longer than a bucket holds puts it into debt.
 * `leases` are those who are being answered, by when their lease ends whatever became of them.
 * `line` are those who wait, by when they came; one in the background as if it had come later.
 * `alive` says until when each of them is waited for: whoever died leaves the line.
 *
 * Times are milliseconds of the server's own clock; no process brings one along.
 *
 * ARGV: id, delay of the lane, tokens, life of a lease, requests a minute, tokens a minute, at once (0: any)
 * Returns 1 and 0, or 0 and the milliseconds until it makes sense to ask again, or -1 when the line is full.
 */
export const ACQUIRE_LUA = `
local state, leases, line, alive = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, delay, want, life = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local perMinute = { requests = tonumber(ARGV[5]), tokens = tonumber(ARGV[6]) }
local atOnce = tonumber(ARGV[7])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', alive, '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('ZREM', line, gone)
  redis.call('ZREM', alive, gone)
end
if not redis.call('ZSCORE', line, id) then
  if redis.call('ZCARD', line) >= 10000 then return { 0, -1 } end
  redis.call('ZADD', line, now + delay, id)
end
redis.call('ZADD', alive, now + 5000, id)
local ahead = redis.call('ZRANK', line, id)

local had = redis.call('HMGET', state, 'at', 'requests', 'tokens', 'paused', 'next')
local since = math.max(0, now - (tonumber(had[1]) or now))
local paused, nextAt = tonumber(had[4]) or 0, tonumber(had[5]) or 0
local wait = math.max(0, paused - now)
if paused > 0 and now < paused + 5000 then wait = math.max(wait, nextAt - now) end

local left = {}
local function fill(name, before, need)
  local limit = perMinute[name]
  if limit == 0 then return end
  local holds = math.max(1, math.floor(limit / 7))
  local rate = (limit - holds + 1) / 60000
  left[name] = math.min(holds, (tonumber(before) or holds) + since * rate)
  local short = math.min(need, holds) * (ahead + 1) - left[name]
  if ahead > 0 and short > 0 then wait = math.max(wait, math.min(1000, short / rate))
  elseif short > 0 then wait = math.max(wait, short / rate) end
end
fill('requests', had[2], 1)
fill('tokens', had[3], want)
if atOnce > 0 and redis.call('ZCARD', leases) + ahead >= atOnce then
  wait = math.max(wait, math.min(1000, 50 + 20 * ahead))
end

redis.call('HSET', state, 'at', now)
for name, level in pairs(left) do redis.call('HSET', state, name, level) end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, life + 120000) end
if wait > 0 then return { 0, math.ceil(wait) } end

redis.call('ZREM', line, id)
redis.call('ZREM', alive, id)
redis.call('ZADD', leases, now + life, id)
redis.call('PEXPIRE', leases, life + 120000)
if left.requests then redis.call('HINCRBYFLOAT', state, 'requests', -1) end
if left.tokens then redis.call('HINCRBYFLOAT', state, 'tokens', -want) end
if paused > 0 then redis.call('HSET', state, 'next', now + 50) end
return { 1, 0 }
`

/** ARGV: id, tokens that were taken and not used (less than 0: more were used). Also leaves the line. */
export const RELEASE_LUA = `
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
if tonumber(ARGV[2]) ~= 0 and redis.call('HEXISTS', KEYS[1], 'tokens') == 1 then
  redis.call('HINCRBYFLOAT', KEYS[1], 'tokens', ARGV[2])
end
return 1
`

/** ARGV: for how many milliseconds. A shorter pause does not end a longer one. */
export const PAUSE_LUA = `
local clock = redis.call('TIME')
local till = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[1])
if till > tonumber(redis.call('HGET', KEYS[1], 'paused') or 0) then
  redis.call('HSET', KEYS[1], 'paused', till)
  redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[1]) + 120000)
end
return till
`
