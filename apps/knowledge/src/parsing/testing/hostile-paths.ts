const UP = ['../', '..\\', '....//', '..%2f', '%2e%2e/', '..%252f', '..%c0%af', '．．／', '/..;/']
const ROOTS = [
  ...['/', '//', '///', '\\', '\\\\', 'C:\\', 'c:/', 'file:///', '\\\\?\\C:\\'],
  ...[
    '\\\\evil.example\\share\\',
    '//evil.example/share/',
    '\\\\.\\',
    '~/',
    '~root/',
    '/proc/self/',
  ],
]
const TARGETS = ['etc/passwd', 'Windows\\win.ini', 'app/.env', 'root/.ssh/id_rsa']
const DEVICES = ['CON', 'PRN', 'AUX', 'NUL', 'COM1', 'LPT1', 'con.txt', 'nul.tar.gz', 'CONIN$']
const ODD = [
  ...[
    '.',
    '..',
    '...',
    '. .',
    '.htaccess',
    '.git/config',
    'a/',
    'a/.',
    'a/..',
    'a//b',
    '-rf',
    '--',
  ],
  ...['a.txt\0.pdf', '\0', 'a\nb.txt', 'a\r\nb.txt', 'a\tb', 'a\u001b[31m.txt', 'a\u202etxt.exe'],
  ...[
    'a.txt::$DATA',
    'a.txt:evil',
    'a.txt.',
    'a.txt ',
    ' a.txt',
    'a\u00a0',
    '*',
    '?',
    '"',
    '<x>',
    '|x',
  ],
  ...['$(id)', '`id`', '%APPDATA%', ';id', '&& id', "' OR 1=1 --", '{{7*7}}', '\ud800'],
]

/** Names that lead elsewhere on some system, or mean something to one. */
export const HOSTILE_PATHS: readonly string[] = [
  ...UP.flatMap((up) => TARGETS.flatMap((target) => [1, 3, 12].map((n) => up.repeat(n) + target))),
  ...ROOTS.flatMap((root) => TARGETS.map((target) => root + target)),
  ...DEVICES,
  ...ODD,
]
