import { ComponentChildren } from 'preact';
import { ExecutionDetails, VisitDetails } from './execution-details';
import { Model } from './model';
import { clockTime, Code, Facts, Json, Section } from './parts';
import { Entry, TraceStage } from './records';
import { Step } from './steps';
import { TemplateDetails } from './template-details';

/** What there is to know of one step. */
export function StepDetails({ step, model }: { readonly step: Step; readonly model: Model }) {
  return (
    <>
      <h2>{step.title} <span class="note">{clockTime(step.time)}</span></h2>
      {step.stage ? <StageDetails stage={step.stage} /> : step.visit ? <VisitDetails visit={step.visit} /> : <ItemDetails step={step} model={model} />}
    </>
  );
}

function StageDetails({ stage: { name, details } }: { readonly stage: TraceStage }) {
  const text = (member: string) => details[member] === undefined ? undefined : String(details[member]);
  switch (name) {
    case 'Frame':
      return <><p>The client <code>{text('connectionId')}</code> sent {text('bytes')} bytes.</p><Json value={details.text} label="Frame" /></>;
    case 'Handshake':
      return <><Facts facts={[['path', text('path')], ['query', text('query')], ['from', text('sourceIp')]]} /><Section title="Headers"><Json value={details.headers} /></Section></>;
    case 'Route selection':
      return <Facts facts={[['expression', <code>{text('expression')}</code>], ['value', <code>{JSON.stringify(details.value) ?? 'the message is no JSON'}</code>], ['route', <code>{text('routeKey') ?? 'none, and there is no $default'}</code>]]} />;
    case 'Request template': case 'Response template':
      return <TemplateDetails details={details} />;
    case 'Integration request':
      return (
        <>
          <Facts facts={[['type', text('integrationType')], ['URI', <code>{text('uri')}</code>], ['role', details.credentials === undefined ? undefined : <code>{text('credentials')}</code>]]} />
          <Mapped title="Headers" values={details.headers} /><Mapped title="Query" values={details.query} /><Mapped title="Path" values={details.path} />
          <Section title="Body"><Json value={details.body} /></Section>
        </>
      );
    case 'Request to the service': case 'Request to the backend':
      return (
        <>
          <Facts facts={[['service', text('service')], ['method', text('method')], ['path', text('path')], ['URL', text('url')], ['query', text('query')], ['as', text('caller') && <code>{text('caller')}</code>]]} />
          <Mapped title="Headers" values={details.headers} />
          <Section title="Body"><Json value={details.body} /></Section>
        </>
      );
    case 'Answer of the integration':
      return <><Facts facts={[['status', text('status')]]} /><Mapped title="Headers" values={details.headers} /><Section title="Body"><Json value={details.body} /></Section></>;
    case 'Integration response':
      return <Facts facts={[['selects', <code>{text('selection')}</code>], ['integration response key', <code>{text('key')}</code>]]} />;
    case 'Gateway response':
      return <><p class="problem">{text('reason')}</p><Facts facts={[['status', text('status')], ['the client is told', text('message')]]} /></>;
    case 'Frame to the client':
      return <>{details.why === undefined ? null : <p class={details.text === undefined ? '' : 'problem'}>{text('why')}</p>}{details.text === undefined ? null : <Json value={details.text} label="Frame" />}</>;
    default:
      return <Json value={details} />;
  }
}

function Mapped({ title, values }: { readonly title: string; readonly values: unknown }) {
  return Object.keys(Object(values)).length === 0 ? null : <Section title={title}><Json value={values} /></Section>;
}

function ItemDetails({ step: { item }, model }: { readonly step: Step; readonly model: Model }): ComponentChildren {
  const { entry } = item.record;
  switch (entry.kind) {
    case 'call': return <CallDetails entry={entry} />;
    case 'execution': return <ExecutionDetails entry={entry} item={item} model={model} />;
    case 'event': return (
      <>
        <Facts facts={[['bus', entry.bus], ['rules that match', entry.rules.length === 0 ? 'none' : entry.rules.join(', ')]]} />
        <p><button type="button" onClick={() => model.change({ view: 'events', event: { bus: entry.bus, event: Object(entry.event) } })}>Why did it match, or not?</button></p>
        <Section title="Event"><Json value={entry.event} /></Section>
      </>
    );
    case 'delivery': return (
      <>
        <Facts facts={[['rule', entry.rule], ['target', <code>{entry.target}</code>], ['attempt', String(entry.attempt + 1)], ['outcome', entry.outcome]]} />
        <Section title="What the target is given"><Json value={entry.input} /></Section>
      </>
    );
    case 'batch': return (
      <>
        <Facts facts={[['pipe', entry.pipe], ['source', <code>{entry.source}</code>], ['target', <code>{entry.target}</code>], ['outcome', entry.outcome]]} />
        <Section title="Events of the source"><Json value={entry.events} /></Section>
        <Section title="What the target is given"><Json value={entry.inputs} /></Section>
      </>
    );
    case 'push': return <><p>To the client <code>{entry.connectionId}</code>, {entry.bytes} bytes.</p><Json value={entry.text} label="Frame" /></>;
    case 'failure': case 'log': return <Code text={entry.message} />;
    default: return <Json value={entry} />;
  }
}

function CallDetails({ entry }: { readonly entry: Entry<'call'> }) {
  const { decisions = [], missing } = entry;
  return (
    <>
      {entry.outcome === 'ok' ? null : <p class="problem">{entry.outcome}: {entry.message}</p>}
      {missing === undefined ? null : <Missing missing={missing} />}
      <Facts facts={[['as', <code>{entry.principal}</code>], ['request id', entry.requestId]]} />
      {decisions.map(decision => (
        <Section key={`${decision.action} ${decision.resource}`} title={decision.allowed ? 'IAM allows' : 'IAM denies'} note={decision.action}>
          <Facts facts={[['resource', <code>{decision.resource}</code>], ['because', reasonOf(decision)], ['policy', decision.policy]]} />
          {decision.statement === undefined ? null : <Json value={decision.statement} label="Statement" />}
        </Section>
      ))}
      <Section title="Request"><Json value={entry.input} /></Section>
      {entry.output === undefined ? null : <Section title="Answer"><Json value={entry.output} /></Section>}
    </>
  );
}

function reasonOf({ allowed, reason, policyType }: NonNullable<Entry<'call'>['decisions']>[number]): string {
  const policies = policyType === 'resource' ? 'the policy of the resource' : policyType === 'identity' ? 'a policy of the role' : 'the account\'s owner may do everything';
  return allowed ? (policyType === undefined ? policies : `${policies} allows it`) : reason === 'explicitDeny' ? `${policies} denies it` : `${policies.replace(/^a policy/, 'no policy')} ${policyType === 'resource' ? 'does not allow it' : 'allows it'}`;
}

function Missing({ missing: { statement, role, where, denied } }: { readonly missing: NonNullable<Entry<'call'>['missing']> }) {
  if (denied) {
    return <p class="advice">A statement denies it: to allow it elsewhere would change nothing.</p>;
  }
  return (
    <div class="advice">
      <p>{where ? <>Add this statement to the role <code>{where.constructPath}</code> (logical id <code>{where.logicalId}</code>):</> : role === undefined ? 'Add this statement, with its Principal, to the policy of the resource:' : <>Add this statement to the role <code>{role}</code>:</>}</p>
      <Json value={statement} label="Missing statement" />
    </div>
  );
}
