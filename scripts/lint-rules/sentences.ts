import { defineRule, type ESTree } from '@oxlint/plugins';

/** Three words in a row, with a space between them: something people read. */
const SENTENCE = /\p{L}{2,}[,’']? \p{L}+[,’']? \p{L}{2,}/u;

/**
 * The rule that finds sentences outside of the text catalogue. What programs read (an error that only a programmer
 * meets, say) is no sentence for people: `throw new …Error('…')` is left alone.
 */
export const noSentences = defineRule({
  meta: {
    type: 'problem',
    schema: [],
    messages: { sentence: 'A sentence for people belongs in electron/contract/text/en.ts.' },
  },
  create(context) {
    const check = (node: ESTree.Node, text: string) => {
      if (!SENTENCE.test(text) || isThrown(node)) return;
      context.report({ node, messageId: 'sentence' });
    };
    return {
      Literal: (node) => {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement: (node) => check(node, node.value.cooked ?? ''),
      JSXText: (node) => check(node, context.sourceCode.getText(node)),
    };
  },
});

/** Inside the arguments of an error of the language's own, thrown at once: a fault of the program. */
function isThrown(node: ESTree.Node): boolean {
  for (let at: ESTree.Node | null = node; at !== null; at = at.parent) {
    if (at.type === 'NewExpression') {
      const name = at.callee.type === 'Identifier' ? at.callee.name : '';
      return at.parent.type === 'ThrowStatement' && /^(Range|Type|)Error$/.test(name);
    }
    if (/Function|Statement/.test(at.type)) return false;
  }
  return false;
}
