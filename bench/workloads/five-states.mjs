const RESOURCE = 'arn:aws:lambda:us-east-1:123456789012:function:post';

/** The input of the workflows. */
export const INPUT = { ids: Array.from({ length: 10 }, (_, index) => `conn-${index}`), msg: 'hello', kind: 'chat' };

/** Pass, Choice, Map over ten items, Task, Succeed. */
export const JSON_PATH_WORKFLOW = {
  StartAt: 'Init',
  States: {
    Init: { Type: 'Pass', Parameters: { 'ids.$': '$.ids', 'msg.$': '$.msg', 'kind.$': '$.kind' }, Next: 'Kind' },
    Kind: { Type: 'Choice', Choices: [{ Variable: '$.kind', StringEquals: 'chat', Next: 'Fan' }], Default: 'Done' },
    Fan: {
      Type: 'Map',
      ItemsPath: '$.ids',
      Parameters: { 'id.$': '$$.Map.Item.Value', 'msg.$': '$.msg' },
      Iterator: { StartAt: 'Each', States: { Each: { Type: 'Pass', Parameters: { 'c.$': '$.id', 'd.$': '$.msg' }, End: true } } },
      ResultPath: '$.out',
      Next: 'Post',
    },
    Post: { Type: 'Task', Resource: RESOURCE, ResultPath: '$.res', Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

const ID = '$states.input.id';

/** The same in JSONata; `each` is the expression that each item's state evaluates for its first member. */
export function jsonataWorkflow(each = ID) {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Init',
    States: {
      Init: { Type: 'Pass', Output: { ids: '{% $states.input.ids %}', msg: '{% $states.input.msg %}', kind: '{% $states.input.kind %}' }, Next: 'Kind' },
      Kind: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.kind = "chat" %}', Next: 'Fan' }], Default: 'Done' },
      Fan: {
        Type: 'Map',
        Items: '{% $states.input.ids %}',
        ItemSelector: { id: '{% $states.context.Map.Item.Value %}', msg: '{% $states.input.msg %}' },
        ItemProcessor: { StartAt: 'Each', States: { Each: { Type: 'Pass', Output: { c: `{% ${each} %}`, d: '{% $states.input.msg %}' }, End: true } } },
        Next: 'Post',
      },
      Post: { Type: 'Task', Resource: RESOURCE, Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
  };
}

/** The 45 evaluations that one run of it takes. */
export function evaluations(each = ID) {
  const once = ['$states.input.ids', '$states.input.msg', '$states.input.kind', '$states.input.kind = "chat"', '$states.input.ids'];
  const item = ['$states.context.Map.Item.Value', '$states.input.msg', each, '$states.input.msg'];
  return [...once, ...Array.from({ length: 10 }, () => item).flat()];
}
