package io.mcpcrew.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.mcpcrew.local.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// One message's whole way, by the hands of a customer and of a human agent, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf("canBeLookedAt")
class PageIT {
  private static final String NO_BROWSER = "There is no Chromium: apt install chromium.";

  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

  /// Who owes the demo shop something.
  private static final String DEBTOR = "+5531999124405";

  private Platform platform;
  private Playwright playwright;
  private Browser browser;
  private Page page;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    platform = Started.platform(data);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium().orElseThrow(() -> new AssertionError(NO_BROWSER)))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  /// A newcomer without a browser passes the other tests; a build server must have one.
  static boolean canBeLookedAt() {
    if (chromium().isPresent() || System.getenv("CI") != null) {
      return true;
    }
    System.out.println("Skipped: the pages in a browser. " + NO_BROWSER);
    return false;
  }

  private static Optional<Path> chromium() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  @AfterAll
  void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  @BeforeEach
  void open() {
    page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 900)).newPage();
    page.setDefaultTimeout(20_000);
    page.navigate(platform.url());
  }

  @AfterEach
  void close() {
    page.context().close();
  }

  private void write(String text) {
    page.getByTestId("customer-input").fill(text);
    page.getByTestId("customer-input").press("Enter");
  }

  private Locator customer() {
    return page.getByTestId("customer-messages");
  }

  @Test
  void a_customer_asks_for_price_and_stock_and_the_page_tells_why_it_answered_so()
      throws IOException {
    write("Quanto custa a furadeira de impacto 650 e tem em estoque?");

    assertThat(customer()).containsText("R$ 289,90", SOON);
    // Others of these tests buy some.
    assertThat(customer()).containsText(Pattern.compile("temos \\d+ em estoque"), SOON);
    picture("answer");

    page.getByTestId("why-link").last().click();
    Locator why = page.getByTestId("why-panel");
    assertThat(why).containsText("product.info", SOON);
    assertThat(why).containsText("odoo__find_products", SOON);
    picture("why");
  }

  @Test
  void two_messages_in_a_row_are_both_sent_and_answered() throws IOException {
    write("oi, boa tarde");
    write("quanto custa a trena?");

    assertThat(customer()).containsText("Trena", SOON);
    assertThat(customer()).containsText("quanto custa a trena?");
    picture("burst");
  }

  @Test
  void who_wants_a_person_gets_one_and_the_agent_is_silent_then() throws IOException {
    write("quero falar com uma pessoa");
    assertThat(customer()).containsText("pessoa da nossa equipe", SOON);
    assertThat(page.getByTestId("conversation-status")).containsText("aberta", SOON);
    // Both of the shop's people are online; the conversation is given to one of them.
    assertThat(page.locator("#assignee")).containsText("com ", SOON);

    write("quanto custa a furadeira de impacto 650?");
    page.getByTestId("agent-input").fill("Oi, aqui é a Marina. Já vejo para você!");
    page.getByTestId("agent-input").press("Enter");

    assertThat(customer()).containsText("aqui é a Marina", SOON);
    picture("person");
    assertThat(customer()).not().containsText("289,90");
  }

  private void answered(String text, String reply) {
    write(text);
    assertThat(customer()).containsText(reply, SOON);
  }

  @Test
  @Tag("slow")
  void a_quotation_is_corrected_made_and_confirmed_and_a_question_between_is_answered()
      throws IOException {
    answered("orçamento de 5 furadeiras 650", "5 x Furadeira de Impacto 650 W");
    answered("não, são 3", "3 x Furadeira de Impacto 650 W, total R$ 869,70");
    answered("que horas vocês fecham?", "das 8h às 18h");
    answered("sim", "Criei o orçamento S000");
    answered("pode confirmar", "confirmado, total R$ 869,70");
    picture("quotation");
  }

  @Test
  @Tag("slow")
  void behind_a_price_so_many_are_ordered_and_a_question_between_is_answered() throws IOException {
    answered("quero um compressor", "Compressor de Ar 24 L 2 HP custa");
    answered("aceita pix?", "Aceitamos Pix");
    answered("vou levar 1", "1 x Compressor de Ar 24 L 2 HP");
    answered("sim", "Criei o orçamento S000");
    answered("agora não", "fica guardado");
    answered("ok", "Se precisar de algo");
    picture("after-a-price");
  }

  @Test
  @Tag("slow")
  void a_complaint_is_written_down_and_nobody_is_told_of_anothers_order() throws IOException {
    answered("quero fazer uma reclamação", "o que aconteceu");
    answered("a trena veio com defeito", "“a trena veio com defeito”");
    answered("pode registrar", "Registrei sua reclamação com o número");
    answered("onde está meu pedido S00021?", "não encontrei seu cadastro");
    assertThat(customer()).not().containsText("361,80");
    picture("complaint");
  }

  @Test
  @Tag("slow")
  void what_the_company_says_of_itself_is_asked_and_answered() throws IOException {
    answered("bom dia", "Casa das Ferramentas");
    answered("qual o horário de vocês?", "das 8h às 18h");
    answered("quais serviços vocês oferecem?", "revisão de ferramentas elétricas");
    answered("muito obrigado!", "precisar");
    picture("company");
  }

  @Test
  @Tag("slow")
  void an_order_is_made_its_state_told_and_it_is_cancelled_for_who_made_it() throws IOException {
    answered("orçamento de 2 furadeiras 650", "2 x Furadeira de Impacto 650 W");
    answered("sim", "Criei o orçamento S000");
    answered("pode confirmar", "confirmado");
    Matcher order = Pattern.compile("Pedido (S\\d+) confirmado").matcher(customer().innerText());
    Assertions.assertTrue(order.find());
    answered("onde está meu pedido " + order.group(1) + "?", "O pedido " + order.group(1));
    answered("quero cancelar o pedido " + order.group(1), "Posso cancelar?");
    answered("pode cancelar", "cancelado");
    picture("order");
  }

  @Test
  @Tag("slow")
  void who_is_no_customer_has_no_invoices_to_be_told() throws IOException {
    answered("quais são minhas faturas em aberto?", "não encontrei seu cadastro");
    assertThat(customer()).containsText("pessoa da equipe", SOON);
    picture("invoices");
  }

  /// What may be pressed below the last message that offers something.
  private Locator choice(String title) {
    return page.getByTestId("choices")
        .last()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(title).setExact(true));
  }

  private void pressed(String title, String reply) {
    choice(title).click();
    assertThat(customer()).containsText(reply, SOON);
  }

  @Test
  void on_the_companys_site_a_customer_presses_an_answer_and_it_is_taken_once() throws IOException {
    page.getByTestId("customer-inbox").selectOption("2");
    answered("quanto custa a trena?", "Qual delas interessa a você?");
    picture("choices");

    page.getByTestId("choices").last().getByRole(AriaRole.BUTTON).first().click();

    assertThat(page.getByTestId("choices").first()).containsText("Trena", SOON);
    assertThat(page.getByTestId("choices").first().getByRole(AriaRole.BUTTON)).hasCount(0);
    assertThat(customer()).containsText(Pattern.compile("Trena .* custa R\\$"), SOON);
    picture("chosen");

    pressed("Não", "Certo! Se precisar de algo");

    answered("quero fazer uma reclamação", "o que aconteceu");
    answered("a trena veio com defeito", "“a trena veio com defeito”");
    pressed("Sim", "Registrei sua reclamação com o número");
    picture("yes");
  }

  @Test
  @Tag("slow")
  void a_visit_is_agreed_on_at_a_free_time_and_booked_after_a_yes() throws IOException {
    answered("quero agendar uma visita técnica", "Para qual serviço");
    answered("revisão do compressor", "Para que dia");
    answered("próxima segunda", "A que horas");
    picture("visit-times");
    pressed("10:00", "às 10:00. Posso confirmar?");
    pressed("Sim", "Agendado: revisão do compressor");
    picture("visit");
  }

  @Test
  @Tag("slow")
  void a_time_that_is_gone_is_told_with_those_that_are_free() throws IOException {
    answered("quero agendar uma visita técnica para a próxima terça às 9h", "Para qual serviço");
    answered("entrega de máquinas", "às 09:00. Posso confirmar?");
    pressed("Sim", "Agendado: entrega de máquinas");

    page.getByTestId("new-conversation").click();
    answered("quero agendar uma visita técnica para a próxima terça às 9h", "Para qual serviço");
    answered("instalação", "às 09:00. Posso confirmar?");
    pressed("Sim", "não está disponível");
    picture("visit-taken");
    answered("2", "Posso confirmar?");
    pressed("Sim", "Agendado: instalação");
  }

  @Test
  @Tag("slow")
  void who_owes_something_reads_what_and_gets_a_link_to_the_second_copy() throws IOException {
    page.evaluate(
        """
        localStorage.setItem('mcpcrew.customer.loja',
            JSON.stringify({conversation: null, name: 'Eduarda Martins', phone: '%s'}))
        """
            .formatted(DEBTOR));
    page.reload();
    answered("me manda a segunda via do boleto?", "INV/2026/00020: R$ 351,70");
    assertThat(customer()).containsText("/my/invoices/", SOON);
    picture("invoice");
  }

  @Test
  @Tag("slow")
  void what_no_playbook_knows_reaches_a_person() throws IOException {
    answered("vocês patrocinam times de futebol?", "uma pessoa da");
    assertThat(page.getByTestId("conversation-status")).containsText("aberta", SOON);
    picture("concierge");
  }

  /// For people: what the page looked like.
  private void picture(String name) throws IOException {
    Path folder = Path.of("target", "pictures");
    Files.createDirectories(folder);
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
