import { type Answer, type Ask, type LeaseReport, LIFE_MS } from './rule.ts'

/**
 * The one place where limits are decided, all of an ask at once.
 *
 * A key is a hash: `@level` is the theoretical arrival time of a rate (GCRA; ITU-T I.371 in its
 * virtual scheduling form) or the count of a window, and each further field is the lease of one
 * holder, `amount:expiry`. What is leased is not used yet, and still nobody else may have it:
 *
 *   level + all leases <= capacity
 *
 * at every moment. Uses that are reported count as if all had happened when the last of them did, a
 * lease that nobody reports as if it had been used up when it expired: both are never before the
 * truth, so the bound holds at the moments of use, too, over any interval.
 *
 * When the rate of a limit changes, `@unit` says what the level was counted in.
 *
 * Times are microseconds of the server's own clock; no process brings one along.
 */
export const ASK_LUA = `
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local life = tonumber(ARGV[1])
local DAY = 86400000000

local function monthStart(day)
  local z = day + 719468
  local era = math.floor(z / 146097)
  local doe = z - era * 146097
  local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
  local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
  return day - (doy - math.floor((153 * math.floor((5 * doy + 2) / 153) + 2) / 5))
end

local function window(kind)
  local day = math.floor(now / DAY)
  if kind == 'day' then return day * DAY, (day + 1) * DAY end
  local first = monthStart(day)
  return first * DAY, monthStart(first + 31) * DAY
end

local function room(b)
  local leased = b.others + b.own
  if b.kind == 'rate' then
    return math.floor((now + (b.capacity - leased) * b.unit - math.max(b.level, now)) / b.unit)
  end
  return b.capacity - leased - b.level
end

local function waitFor(b, cost)
  if room(b) >= cost then return 0 end
  if b.kind == 'rate' then
    return math.max(b.level, now) + (b.others + b.own + cost - b.capacity) * b.unit - now
  end
  if b.kind == 'slots' then return 1000000 end
  return b.ends - now
end

local function load(key, report)
  local kind, holder, numbers = string.match(report, '^(%a+) (%S+) (.*)$')
  local n = {}
  for number in string.gmatch(numbers, '%S+') do n[#n + 1] = tonumber(number) end
  local b = {
    key = key, kind = kind, holder = holder, capacity = n[1], unit = n[2],
    used = n[3], held = n[4], want = n[5], soon = n[6], floor = n[7], age = n[8],
    level = 0, others = 0, mine = 0, kept = 0, last = 0, gone = {}, starts = 0, ends = 0
  }
  local rows = redis.call('HGETALL', key)
  if b.kind == 'day' or b.kind == 'month' then b.starts, b.ends = window(b.kind) end
  local lost, lostAt, unit = 0, 0, b.unit
  for r = 1, #rows, 2 do
    local field, value = rows[r], rows[r + 1]
    if field == '@level' then
      b.level = tonumber(value)
    elseif field == '@unit' then
      unit = tonumber(value)
    elseif field == '@start' then
      if tonumber(value) ~= b.starts then
        redis.call('DEL', key)
        b.level, b.others, b.mine, b.kept, b.last, b.gone, lost = 0, 0, 0, 0, 0, {}, 0
        break
      end
    else
      local amount, expiry = string.match(value, '^(%d+):(%d+)$')
      amount, expiry = tonumber(amount), tonumber(expiry)
      if expiry <= now then
        lost, lostAt = lost + amount, math.max(lostAt, expiry)
        b.gone[#b.gone + 1] = field
      elseif field == b.holder then
        b.mine, b.kept = amount, 1
      else
        b.others, b.last = b.others + amount, math.max(b.last, expiry)
      end
    end
  end
  if b.kind == 'rate' then
    if unit ~= b.unit and b.level > now then
      b.level = now + math.ceil((b.level - now) / unit * b.unit)
    end
    if lost > 0 then b.level = math.max(b.level, lostAt) + lost * b.unit end
    if b.used > 0 then b.level = math.max(b.level, now - b.age) + b.used * b.unit end
    if b.floor > 0 then b.level = math.max(b.level, now + b.floor * b.unit) end
    b.level = math.min(b.level, now + b.capacity * b.unit)
  elseif b.kind ~= 'slots' then
    b.level = b.level + lost + b.used + b.floor
  end
  if b.kind == 'slots' then b.own = b.held
  elseif b.kept == 1 then b.own = math.min(b.held, b.mine)
  else b.own = 0 end
  return b
end

local function lend(b)
  if b.want <= 0 then return 0 end
  local left = room(b)
  local plenty
  if b.kind == 'rate' then plenty = math.floor((left - b.capacity / 2) / 2) else plenty = math.floor(left / 16) end
  local granted = math.min(b.want, left, math.max(plenty, math.min(b.soon, math.ceil(left / 2))))
  if granted <= 0 then return 0 end
  b.own = b.own + granted
  return granted
end

local function save(b)
  local expiry = now + life
  if b.ends > 0 then expiry = math.min(expiry, b.ends) end
  local last = b.last
  if #b.gone > 0 then redis.call('HDEL', b.key, unpack(b.gone)) end
  if b.own > 0 then
    redis.call('HSET', b.key, b.holder, string.format('%.0f:%.0f', b.own, expiry))
    last = math.max(last, expiry)
  elseif b.kept == 1 then
    redis.call('HDEL', b.key, b.holder)
  end
  if b.level > 0 then
    redis.call('HSET', b.key, '@level', string.format('%.0f', b.level), '@unit', b.unit)
  end
  if b.ends > 0 then
    redis.call('HSET', b.key, '@start', string.format('%.0f', b.starts))
    last = b.ends
  elseif b.kind == 'rate' then
    last = math.max(last, b.level) + (b.others + b.own) * b.unit
  end
  redis.call('PEXPIRE', b.key, math.ceil(math.max(last - now, 0) / 1000) + 1000)
  return expiry - now
end

local buckets = {}
local at = 3
for i = 1, #KEYS do
  buckets[i] = load(KEYS[i], ARGV[at])
  at = at + 1
end

local reply = {}
local needs = {}
for n = 1, tonumber(ARGV[2]) do
  local cost, count = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local by, wait = 0, 0
  for k = 1, count do
    local place = tonumber(ARGV[at + 1 + k])
    local need = waitFor(buckets[place], cost)
    if need > wait then by, wait = place, need end
  end
  if by == 0 then
    for k = 1, count do
      local b = buckets[tonumber(ARGV[at + 1 + k])]
      b.own = b.own + cost
    end
  end
  needs[n] = { by, wait }
  at = at + 2 + count
end

for i = 1, #buckets do
  local b = buckets[i]
  local granted = lend(b)
  local lives = save(b)
  local ends = 0
  if b.ends > 0 then ends = b.ends - now end
  for _, value in ipairs({ granted, b.kept, math.max(room(b), 0), waitFor(b, 1), lives, ends }) do
    reply[#reply + 1] = value
  end
end
for _, need in ipairs(needs) do
  reply[#reply + 1] = need[1]
  reply[#reply + 1] = need[2]
end
return reply
`

const FIELDS_OF_LEASE = 6
const FIELDS_OF_NEED = 2

/** What the script takes: keys, then arguments. */
export function encodeAsk({ stretch, reports, needs }: Ask): (string | number)[] {
  const sent: (string | number)[] = []
  for (const { key } of reports) sent.push(key)
  sent.push(LIFE_MS * 1000, needs.length)
  for (const report of reports) sent.push(textOf(report, stretch))
  for (const { cost, of } of needs) {
    sent.push(cost, of.length)
    for (const place of of) sent.push(place + 1)
  }
  return sent
}

/** As one text: to send ten arguments costs several times as much as to read them out of one. */
function textOf(report: LeaseReport, stretch: number): string {
  const { rule, holder, used, held, want, soon, floor, ageMs } = report
  const unit = Math.ceil(rule.unitMicros * stretch)
  const limit = `${rule.kind} ${holder} ${rule.capacity} ${unit}`
  return `${limit} ${used} ${held} ${want} ${soon} ${floor} ${Math.floor(ageMs * 1000)}`
}

/** @throws TypeError when this is no answer to that ask */
export function decodeAnswer({ reports, needs }: Ask, reply: unknown): Answer {
  const length = FIELDS_OF_LEASE * reports.length + FIELDS_OF_NEED * needs.length
  if (!Array.isArray(reply) || reply.length !== length) throw new TypeError('No answer of limits')
  const at = (place: number) => Number(reply[place])
  return {
    reports: reports.map((_report, index) => {
      const first = FIELDS_OF_LEASE * index
      return {
        granted: at(first),
        kept: at(first + 1) === 1,
        available: at(first + 2),
        waitMs: at(first + 3) / 1000,
        lifeMs: at(first + 4) / 1000,
        endsInMs: at(first + 5) / 1000,
      }
    }),
    needs: needs.map((_need, index) => {
      const first = FIELDS_OF_LEASE * reports.length + FIELDS_OF_NEED * index
      return { refusedBy: at(first) > 0 ? at(first) - 1 : undefined, waitMs: at(first + 1) / 1000 }
    }),
  }
}
