import io.github.cdklambdaless.websockets.DynamoDbPutItem;
import io.github.cdklambdaless.websockets.EventSocket;
import io.github.cdklambdaless.websockets.Value;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;

public final class Consumer {
    public static void main(final String[] args) {
        final App app = new App();
        final Stack stack = new Stack(app, "Consumer");
        final EventSocket socket = new EventSocket(stack, "Socket");

        final Table table = Table.Builder.create(stack, "Notes")
            .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
        final WebSocketApi api = new WebSocketApi(stack, "Api");
        api.addRoute("save", WebSocketRouteOptions.builder()
            .integration(DynamoDbPutItem.Builder.create("Save")
                .table(table)
                // In an order that does not change from one run to the next, as that of Map.of() does.
                .item(new TreeMap<>(Map.of("pk", Value.connectionId(), "text", Value.body("$.text").asString())))
                .build())
            .returnResponse(true)
            .build());
        final WebSocketStage stage = WebSocketStage.Builder.create(stack, "Stage").webSocketApi(api).stageName("live").autoDeploy(true).build();

        CfnOutput.Builder.create(stack, "SocketUrl").value(socket.getUrl()).build();
        CfnOutput.Builder.create(stack, "BusName").value(socket.getEventBus().getEventBusName()).build();
        CfnOutput.Builder.create(stack, "ApiUrl").value(stage.getUrl()).build();
        CfnOutput.Builder.create(stack, "TableName").value(table.getTableName()).build();
        app.synth();
    }
}
