import { AccessLogFormat } from './access-log-format';
import { ExchangeLog, WriteLog } from './exchange-log';
import { executionLogLines } from './execution-log-lines';
import { GatewayAccount } from './gateway-account';
import { RouteLogging } from './route-logging';
import { ServiceContext } from '../../../kernel/contracts';
import { LogDelivery } from '../../../kernel/log-delivery';
import { Exchange } from '../pipeline/exchange';
import { Outcome } from '../pipeline/outcome';

export interface LoggingSettings {
  readonly accessLog?: { readonly logGroupName: string; readonly format: AccessLogFormat };
  readonly executionLog?: { readonly logGroupName: string; readonly default: RouteLogging; readonly routes: ReadonlyMap<string, RouteLogging> };
}

/** Writes the logs of a stage; a stage that logs nothing has none of this. */
export class StageLogging {
  private readonly access: LogDelivery | undefined;
  private readonly execution: LogDelivery | undefined;

  constructor(private readonly context: ServiceContext, account: GatewayAccount, private readonly settings: LoggingSettings) {
    const deliveryTo = (logGroupName: string) => new LogDelivery(context, {
      source: 'execute-api', logGroupName, logStreamName: context.randomness.bytes(16).toString('hex'), createsGroup: true, principal: () => account.principal(),
    });
    this.access = settings.accessLog && deliveryTo(settings.accessLog.logGroupName);
    this.execution = settings.executionLog && deliveryTo(settings.executionLog.logGroupName);
  }

  /** The log of one exchange. */
  begin(): ExchangeLog {
    return new ExchangeLog(this.context.clock, this.write);
  }

  /** Makes the groups that are not there yet, so that they can be read before anything happens. */
  async prepare(): Promise<void> {
    await this.access?.createGroup();
    await this.execution?.createGroup();
  }

  private readonly write: WriteLog = (exchange: Exchange, log: ExchangeLog, outcome: Outcome) => {
    const { accessLog, executionLog } = this.settings;
    const now = this.context.clock.now();
    this.access?.write(now, accessLog!.format(exchange, log, outcome));
    const route = executionLog && (executionLog.routes.get(exchange.routeKey) ?? executionLog.default);
    if (route && route.level !== 'OFF') {
      executionLogLines(exchange, log, outcome, route).forEach(line => this.execution!.write(now, line));
    }
  };
}
