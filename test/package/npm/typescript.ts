// A TypeScript app, compiled strictly.
import { App, CfnOutput, RemovalPolicy, Stack, aws_apigatewayv2 as apigatewayv2, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { DynamoDbPutItem, EventSocket, Value } from 'cdk-lambdaless-websockets';

const stack = new Stack(new App(), 'Consumer');
const socket = new EventSocket(stack, 'Socket');

const table = new dynamodb.Table(stack, 'Notes', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
const api = new apigatewayv2.WebSocketApi(stack, 'Api');
api.addRoute('save', {
  integration: new DynamoDbPutItem('Save', { table, item: { pk: Value.connectionId(), text: Value.body('$.text').asString() } }),
  returnResponse: true,
});
const stage = new apigatewayv2.WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });

new CfnOutput(stack, 'SocketUrl', { value: socket.url });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
new CfnOutput(stack, 'ApiUrl', { value: stage.url });
new CfnOutput(stack, 'TableName', { value: table.tableName });
