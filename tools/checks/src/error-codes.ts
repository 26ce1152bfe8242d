import ts from 'typescript'

/** An error code in the code, and how HTTP answers where that is known. */
export interface CodeUse {
  readonly code: string
  /** Absent where the code is thrown as something that this reading does not know. */
  readonly status?: number
  /** `apps/agent/src/app.ts` */
  readonly path: string
}

interface Text {
  readonly path: string
  readonly text: string
}

const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/**
 * Every error code that the sources give a name to. A dotted text is a code where it is
 *
 * - the first argument of `new SomethingError(…)`, or of `super(…)` in such a class;
 * - the value of a property, variable or parameter called `code`, or an argument for such a
 *   parameter of a function in the same file;
 * - a member of a type that is a choice of codes and nothing else.
 *
 * Comparisons (`error.code === '…'`) do not count: whoever compares does not make the code.
 */
export function errorCodesIn(sources: readonly Text[]): CodeUse[] {
  const files = sources.map(({ path, text }) =>
    ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
  )
  const statuses = statusesOfClasses(files)
  return files.flatMap((file) => codesOfFile(file, statuses))
}

function codesOfFile(file: ts.SourceFile, statuses: ReadonlyMap<string, number>): CodeUse[] {
  const uses: CodeUse[] = []
  const positions = codeParameters(file)
  const add = (node: ts.Node | undefined, status?: number) => {
    for (const code of literalsOf(node)) {
      uses.push({ code, path: file.fileName, ...(status && { status }) })
    }
  }
  visit(file, (node) => {
    if (ts.isNewExpression(node)) {
      const name = node.expression.getText()
      if (name.endsWith('Error')) add(node.arguments?.[0], statuses.get(name))
    } else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
        add(node.arguments[0], statuses.get(enclosingClass(node)))
      }
      const position = positions.get(node.expression.getText())
      if (position !== undefined) add(node.arguments[position])
    } else if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) {
      if (node.name.getText() === 'code') add(node.initializer)
    } else if (ts.isTypeAliasDeclaration(node) && isChoiceOfCodes(node.type)) {
      add(node.type)
    }
  })
  return uses
}

/** The texts that an expression or a type can be, as far as they look like a code. */
function literalsOf(node: ts.Node | undefined): string[] {
  if (node === undefined) return []
  if (ts.isStringLiteralLike(node)) return CODE.test(node.text) ? [node.text] : []
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap(literalsOf)
  }
  if (ts.isBinaryExpression(node)) {
    const chooses =
      node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken
    return chooses ? [node.left, node.right].flatMap(literalsOf) : []
  }
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) {
    return literalsOf(node.expression)
  }
  if (ts.isSatisfiesExpression(node)) return literalsOf(node.expression)
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(literalsOf)
  return ts.isLiteralTypeNode(node) ? literalsOf(node.literal) : []
}

function isChoiceOfCodes(type: ts.TypeNode): boolean {
  return ts.isUnionTypeNode(type) && type.types.every((member) => literalsOf(member).length === 1)
}

/** Functions of a file that take a parameter called `code`, and at which position. */
function codeParameters(file: ts.SourceFile): Map<string, number> {
  const positions = new Map<string, number>()
  visit(file, (node) => {
    if (!ts.isFunctionLike(node)) return
    const position = node.parameters.findIndex(({ name }) => name.getText() === 'code')
    const name = nameOfFunction(node)
    if (position >= 0 && name) positions.set(name, position)
  })
  return positions
}

function nameOfFunction(node: ts.SignatureDeclaration): string | undefined {
  if (node.name) return node.name.getText()
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined
}

/** HTTP status by class: `kind` of the class or of an ancestor, through the table called `HTTP`. */
function statusesOfClasses(files: readonly ts.SourceFile[]): Map<string, number> {
  const byKind = new Map<string, number>()
  const classes = new Map<string, { kind?: string; parent?: string }>()
  for (const file of files) {
    visit(file, (node) => {
      if (ts.isClassDeclaration(node) && node.name) classes.set(node.name.text, describe(node))
      if (ts.isVariableDeclaration(node) && node.name.getText() === 'HTTP') {
        for (const [, kind = '', status] of node
          .getText()
          .matchAll(/^\s*'?([a-z-]+)'?: \{ status: (\d+)/gm)) {
          byKind.set(kind, Number(status))
        }
      }
    })
  }
  const kindOf = (name: string | undefined): string | undefined => {
    const found = name === undefined ? undefined : classes.get(name)
    return found?.kind ?? (found?.parent && kindOf(found.parent))
  }
  return new Map(
    [...classes.keys()].flatMap((name) => {
      const status = byKind.get(kindOf(name) ?? '')
      return status ? [[name, status] as const] : []
    }),
  )
}

function describe(node: ts.ClassDeclaration): { kind?: string; parent?: string } {
  const kind = node.members
    .filter(ts.isPropertyDeclaration)
    .find(({ name }) => name.getText() === 'kind')?.initializer
  const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText()
  return {
    ...(kind && ts.isStringLiteral(kind) && { kind: kind.text }),
    ...(parent && { parent }),
  }
}

function enclosingClass(node: ts.Node): string {
  return ts.findAncestor(node, ts.isClassDeclaration)?.name?.text ?? ''
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  ts.forEachChild(node, (child) => visit(child, look))
}
