import { transformServerless, TransformError } from '../../../../local/engines/sam';

/** The resources that a template's become. */
export function transform(resources: object, template: object = {}, parameters: Record<string, unknown> = {}): Record<string, any> {
  return transformServerless({ ...template, Resources: resources }, new Map(Object.entries(parameters))).Resources as Record<string, any>;
}

/** The error with which a template is refused. */
export function refusal(resources: object, template: object = {}): { message: string; logicalId?: string; path: string } {
  try {
    transform(resources, template);
  } catch (error) {
    expect(error).toBeInstanceOf(TransformError);
    const { message, logicalId, path } = error as TransformError;
    return { message, logicalId, path: path.join('.') };
  }
  throw new Error('was not refused');
}

/** A trust policy as SAM writes it. */
export function trusted(service: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } }] };
}
