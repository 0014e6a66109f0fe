"""Words that say nothing of a topic, by language, and link texts that say nothing of a target."""
# ruff: noqa: E501  (lists and tables read better unwrapped)

from typing import Final

__all__ = ["GENERIC_ANCHORS", "STOP_WORDS"]

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a about above after again all also am an and any are as at be because been before
            being below between both but by can could did do does doing down during each even few
            for from further get had has have having he her here hers him his how i if in into is
            it its just like me more most much my no nor not now of off on once one only or other
            our ours out over own same she should so some such than that the their them then there
            these they this those through to too under until up upon us very was we were what when
            where which while who whom why will with would you your yours don doesn isn ve ll re""",
        "es": """a al algo ante antes así aunque bajo cada como con contra cual cuando de del desde
            donde dos durante e el él ella ellas ellos en entre era es esa ese eso esta está están
            este esto estos estas fue ha había hace hacia han hasta hay la las le les lo los más me
            mi mientras muy nada ni no nos nosotros nuestra nuestro o os otra otro otros para pero
            poco por porque pues que qué quien se sea ser si sí sido sin sino sobre son su sus
            también tan te tiene tienen todo todos tu tus un una uno unos unas y ya yo usted""",
        "fr": """à afin ai ainsi alors après as au aucun aussi autre autres aux avant avec avez avoir
            c car ce ceci cela celle ces cet cette ceux chaque chez comme d dans de depuis des deux
            dont du elle elles en encore entre es est et étaient était été être eu fait faire il ils
            j je l la le les leur leurs lors lui m ma mais me même mes moi mon n ne ni non nos notre
            nous on ont ou où par pas peu peut plus pour pourquoi qu quand que quel quelle qui s sa
            sans se sera ses si son sont sous sur t ta te tes toi ton tous tout toute toutes très tu
            un une vers vos votre vous y""",
        "de": """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei
            beim bin bis bist da damit dann das dass dein dem den denn der des dich die dies diese
            diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es
            etwas euch für gegen hab habe haben hat hatte hier ich ihm ihn ihr ihre ihrem ihren im in
            ins ist ja jede jeder kann kein keine können man mehr mein mich mir mit nach nicht noch
            nun nur ob oder ohne sehr sein seine sich sie sind so soll sondern über um und uns unser
            unsere unter vom von vor war waren was weil wenn wer werden wie wieder wir wird wo zu
            zum zur zwischen""",
        "it": """a abbiamo ad ai al alla alle allo anche ancora avere c che chi ci come con contro
            cosa cui da dagli dai dal dalla dalle degli dei del dell della delle dello di dopo dove
            e è ed era essere fa fra gli ha hanno ho i il in io l la le lei li lo loro lui ma mi mia
            mio molto ne negli nei nel nella nelle noi non nostra nostro o ogni per perché però più
            poi prima può qual quale quando quanto quella quello questa queste questi questo qui se
            sei senza si sia siamo sono sopra sotto stata stato su sua sue sugli sui sul sulla suo
            suoi te ti tra tu tua tuo tutti tutto un una uno vi voi""",
        "pt": """a à ao aos algo ainda antes após aquela aquele as às até cada com como contra da
            das de dela dele depois do dos e é ela elas ele eles em entre era essa esse esta está
            este estes estas eu foi for fora há isso isto já lhe mais mas me mesmo meu minha muito
            na nas não nem no nos nós nossa nosso num numa o os ou outra outro para pela pelas pelo
            pelos por porque pouco qual quando que quem se sem ser será seu seus só sobre sua suas
            são também te tem têm todo todos tu um uma uns umas você vocês""",
        "nl": """aan al alle alles als altijd andere ben bij daar dan dat de der deze die dit doch
            doen door dus een en er ge geen had heb hebben heeft hem het hier hij hoe hun ik in is
            ja je jij jouw jullie kan kon kunnen maar me meer men met mij mijn moet na naar niet
            niets nog nu of om omdat ons onze ook op over reeds te tegen toch toen tot u uit uw van
            veel voor want waren was wat we weer wel werd wezen wie wij wil worden wordt zal ze zei
            zelf zich zij zijn zo zonder zou""",
        "id": """ada adalah agar akan anda antara apa atau bagi bahwa banyak beberapa belum bisa
            dalam dan dapat dari dengan di hanya harus ini itu jadi jika juga kami karena ke kepada
            kita lebih maka mereka namun oleh pada para saat saja sangat sebagai sebuah secara
            seperti serta setelah sudah tersebut tetapi tidak untuk yang""",
        "pl": """a aby ale bez być będzie co czy dla do gdy gdzie go i ich im jak jako jego jej jest
            już każdy kiedy która które który lub ma mi może na nad nie nim o od oraz po pod przed
            przez przy się są sobie ta tak także tam te tego tej ten też to tu tylko tym u w we więc
            wszystko z za ze że""",
        "sv": """alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din du
            där efter ej eller en er ett från för ha hade han har hon hur här i icke in inte jag kan
            man med men mer mig min mot mycket ni nu när och om oss på sig sin ska som så till under
            upp ut utan vad var vi vid vår är över""",
    }.items()
}
"""Own short lists of function words, by ISO 639-1 code."""

GENERIC_ANCHORS: Final = frozenset(
    line.strip().casefold()
    for block in (
        # English
        """click here|here|read more|more|learn more|find out more|see more|view more|more info
        |more information|this|this page|this post|this article|this link|this site|link|website
        |web site|site|page|article|post|source|details|view|view details|go|visit|visit site
        |visit website|visit our website|continue|continue reading|continue reading →|next
        |previous|home|homepage|download|buy now|shop now|order now|book now|contact us|sign up
        |see here|check it out|check this out|full article|read the full article|read article
        |read on|discover more|get started|learn how|explore|follow this link|via|url|website link
        |original|original post|see also|show more|in this post|in this article|that|it|there""",
        # Spanish
        """aquí|haz clic aquí|clic aquí|pincha aquí|pulsa aquí|leer más|lee más|más|más información
        |saber más|ver más|ver|enlace|este enlace|página|sitio|sitio web|web|artículo|este artículo
        |seguir leyendo|continuar leyendo|inicio|descargar|comprar|comprar ahora|reservar
        |ver detalles|detalles|fuente|entrada|esta página|contacto|visitar web""",
        # French
        """ici|cliquez ici|cliquer ici|lire la suite|en savoir plus|plus|plus d'infos
        |plus d’informations|voir plus|voir|lien|ce lien|page|cette page|site|site web|article
        |cet article|continuer|suite|accueil|télécharger|acheter|réserver|détails|source
        |voir le site|visiter le site|découvrir|la suite""",
        # German
        """hier|hier klicken|klicken sie hier|klick hier|mehr|mehr lesen|weiterlesen|weiter
        |mehr erfahren|mehr infos|mehr informationen|dieser link|link|seite|diese seite|webseite
        |website|artikel|dieser artikel|startseite|herunterladen|jetzt kaufen|jetzt bestellen
        |details|quelle|zur website|zur webseite|zum artikel|siehe hier|dort|siehe""",
        # Italian
        """qui|clicca qui|cliccate qui|leggi|leggi di più|leggi tutto|continua|continua a leggere
        |scopri di più|di più|maggiori informazioni|altro|vedi|vedi altro|questo link|pagina
        |questa pagina|sito|sito web|articolo|questo articolo|scarica|acquista|dettagli|fonte
        |visita il sito|qua""",
        # Portuguese
        """aqui|clique aqui|clica aqui|leia mais|ler mais|saiba mais|mais|mais informações|ver mais
        |ver|este link|página|esta página|site|artigo|este artigo|continuar lendo|continue lendo
        |início|baixar|comprar|compre agora|detalhes|fonte|visite o site|confira""",
        # Dutch
        """hier|klik hier|lees meer|meer|meer lezen|lees verder|meer informatie|meer info|bekijk
        |bekijk meer|deze link|pagina|deze pagina|site|website|artikel|dit artikel|verder|download
        |koop nu|bestel nu|bron|bezoek website|bezoek de website|ga naar""",
        # Swedish, Danish, Norwegian
        """här|klicka här|läs mer|mer|mer information|sida|länk|denna sida|webbplats|artikel|källa
        |her|klik her|klikk her|læs mere|les mer|mere|side|denne side|hjemmeside|kilde""",
        # Polish
        """tutaj|tu|kliknij tutaj|kliknij|czytaj więcej|więcej|czytaj dalej|dowiedz się więcej
        |zobacz|zobacz więcej|link|strona|ta strona|artykuł|źródło|pobierz|szczegóły|sprawdź""",
        # Russian, Ukrainian
        """здесь|тут|сюда|нажмите здесь|читать далее|читать дальше|подробнее|далее|ссылка|сайт
        |страница|статья|узнать больше|узнать подробнее|перейти|перейти на сайт|источник|скачать
        |купить|главная|тут|детальніше|читати далі""",
        # Turkish
        """buraya tıklayın|buradan|burada|buraya|tıklayın|devamı|devamını oku|daha fazla
        |daha fazla bilgi|detaylar|sayfa|site|bağlantı|link|makale|kaynak|indir|incele""",
        # Indonesian and Malay
        """klik di sini|klik disini|di sini|disini|baca selengkapnya|selengkapnya|baca juga|lihat
        |lihat detail|lanjutkan|halaman|situs|tautan|artikel|sumber|unduh|beli sekarang
        |klik sini|baca lagi""",
        # Japanese, Chinese, Korean
        """こちら|こちらへ|こちらから|ここ|ここをクリック|こちらをクリック|詳細|詳しくはこちら
        |もっと見る|続きを読む|リンク|ページ|サイト|ホーム|点击这里|点击此处|這裡|这里|更多|阅读更多
        |了解更多|查看更多|詳情|详情|链接|網站|网站|首页|여기|여기를 클릭|더 보기|더보기|자세히|자세히 보기
        |링크|홈페이지""",
    )
    for line in block.replace("\n", " ").split("|")
)
"""Link texts that describe nothing, case-folded, in 16 languages."""
